package io.switchboard.autoconfigure.web;

import java.time.Duration;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

import org.springframework.http.codec.ServerSentEvent;

/**
 * Writes events for a connection: a comment now and then keeps proxies from closing it,
 * and a reader whose connection ends before the events is told why.
 *
 * @param keepAlive how often to send a comment
 * @param scheduler the clock
 */
record EventStream(Duration keepAlive, Scheduler scheduler) {

	/**
	 * Name of the last event of a connection that ends before what it shows. It has no
	 * number, for it is no event of the session.
	 */
	static final String DISCONNECTED = "disconnected";

	/**
	 * Write the events of a turn.
	 * @param events the events, the first of which is there or comes soon
	 * @return what to send
	 */
	Flux<ServerSentEvent<String>> of(Flux<FeedEvent> events) {
		return withComments(events, Flux.interval(this.keepAlive, this.scheduler));
	}

	/**
	 * Write events that may be long in coming. The first comment comes at once, but after
	 * the subscription to the events: a client that has seen it misses nothing.
	 * @param events the events
	 * @return what to send
	 */
	Flux<ServerSentEvent<String>> live(Flux<FeedEvent> events) {
		return withComments(events, Flux.interval(Duration.ZERO, this.keepAlive, this.scheduler));
	}

	private static Flux<ServerSentEvent<String>> withComments(Flux<FeedEvent> events, Flux<Long> ticks) {
		return Flux.defer(() -> {
			Sinks.Empty<Void> over = Sinks.empty();
			Flux<ServerSentEvent<String>> written = events.map(EventStream::write)
				.onErrorResume(DisconnectedException.class, (ex) -> Flux.just(disconnected(ex)))
				.doFinally((signal) -> over.tryEmitEmpty());
			Flux<ServerSentEvent<String>> comments = ticks.onBackpressureDrop()
				.map((tick) -> ServerSentEvent.<String>builder().comment("keep-alive").build());
			return Flux.merge(written, comments.takeUntilOther(over.asMono()));
		});
	}

	private static ServerSentEvent<String> write(FeedEvent event) {
		ServerSentEvent.Builder<String> written = ServerSentEvent.builder(event.data()).event(event.type());
		return (event.id() > 0) ? written.id(Long.toString(event.id())).build() : written.build();
	}

	private static ServerSentEvent<String> disconnected(DisconnectedException ex) {
		return ServerSentEvent.builder(WireJson.write(new Disconnected(ex.code(), ex.detail())))
			.event(DISCONNECTED)
			.build();
	}

	/**
	 * The data of the last event of a connection.
	 *
	 * @param code why it ends
	 * @param detail what to do
	 */
	record Disconnected(String code, String detail) {

	}

}
