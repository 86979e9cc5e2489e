package io.switchboard.test.model;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import org.springframework.ai.chat.model.ChatResponse;

/**
 * Plays one step to one call and keeps the call's record.
 */
final class StepPlayback {

	private final ScriptStep step;

	private final ScriptedCall call;

	private final StepResponses responses;

	private final @Nullable Scheduler scheduler;

	StepPlayback(ScriptStep step, ScriptedCall call, String model, @Nullable Scheduler scheduler) {
		this.step = step;
		this.call = call;
		this.responses = new StepResponses(step, call.number(), model);
		this.scheduler = scheduler;
	}

	Flux<ChatResponse> stream() {
		Flux<ChatResponse> answer = chunks().concatWith(this.step.ending().rest(this.responses.closing()));
		// The record is written before the caller hears of the end, so that a test which
		// waited for its stream sees the record complete.
		return after(this.step.timing().delay(), answer).doOnComplete(() -> this.call.end(CallOutcome.COMPLETED))
			.doOnError((ex) -> this.call.end(CallOutcome.FAILED))
			.doOnCancel(() -> this.call.end(CallOutcome.CANCELLED));
	}

	Mono<ChatResponse> whole() {
		return stream().then(Mono.fromSupplier(this.responses::whole));
	}

	private Flux<ChatResponse> chunks() {
		List<String> texts = this.step.sentChunks();
		Duration pace = this.step.timing().pace();
		return Flux.range(0, texts.size())
			.concatMap((index) -> after((index == 0) ? Duration.ZERO : pace,
					Flux.just(this.responses.chunk(texts.get(index)))), 1)
			.doOnNext((chunk) -> this.call.chunkSent());
	}

	private Flux<ChatResponse> after(Duration time, Flux<ChatResponse> next) {
		if (time.isZero()) {
			return next;
		}
		return Mono.delay(time, Objects.requireNonNull(this.scheduler, "'scheduler' must not be null")).thenMany(next);
	}

}
