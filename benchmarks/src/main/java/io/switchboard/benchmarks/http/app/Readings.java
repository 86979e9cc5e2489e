package io.switchboard.benchmarks.http.app;

import io.switchboard.benchmarks.measurement.ProcessReadings;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * What the application's process can say of itself only from within.
 *
 * @param heapBytes what is live
 */
record Readings(long heapBytes) {

	static Mono<ServerResponse> afterCollection() {
		return Mono.fromCallable(() -> new Readings(ProcessReadings.liveHeapBytes()))
			.subscribeOn(Schedulers.single())
			.flatMap((readings) -> ServerResponse.ok().bodyValue(readings));
	}

}
