package io.switchboard.autoconfigure.web;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Counts the streams of events that callers keep open.
 */
final class StreamLimits {

	/** A response is read at once, or never. */
	private static final Duration UNREAD = Duration.ofSeconds(30);

	private final ConcurrentMap<String, Integer> callers = new ConcurrentHashMap<>();

	private final AtomicInteger all = new AtomicInteger();

	private final AgentWebProperties.Limits limits;

	private final Scheduler scheduler;

	/**
	 * Make limits.
	 * @param limits how many streams there may be
	 * @param scheduler the clock
	 */
	StreamLimits(AgentWebProperties.Limits limits, Scheduler scheduler) {
		this.limits = limits;
		this.scheduler = scheduler;
	}

	/**
	 * Count a stream for as long as it is open.
	 * @param caller who reads it
	 * @param response makes the response, given what counts its stream until that is
	 * over; if there is no response, or nobody ever reads it, that ends here
	 * @return the response; fails with a {@link ProblemException} if it is a stream too
	 * many
	 */
	<T> Mono<T> open(Caller caller, Function<Slot, Mono<T>> response) {
		return Mono.defer(() -> {
			Slot slot = new Slot(count(caller));
			// whoever leaves before the stream has begun never ends it
			return response.apply(slot)
				.doOnNext((given) -> slot.expectReader())
				.doOnError((ex) -> slot.over())
				.doOnCancel(slot::over);
		});
	}

	private Runnable count(Caller caller) {
		int most = (caller.name() != null) ? this.limits.streamsPerUser() : this.limits.streamsPerAddress();
		int own = this.callers.merge(caller.key(), 1, Integer::sum);
		int sum = this.all.incrementAndGet();
		AtomicBoolean counted = new AtomicBoolean(true);
		Runnable over = () -> {
			if (counted.compareAndSet(true, false)) {
				this.all.decrementAndGet();
				this.callers.computeIfPresent(caller.key(), (key, open) -> (open > 1) ? open - 1 : null);
			}
		};
		if (most > 0 && own > most) {
			over.run();
			throw refused("You keep %d streams of events open, as many as you may.".formatted(most));
		}
		if (this.limits.streamsOfAll() > 0 && sum > this.limits.streamsOfAll()) {
			over.run();
			throw refused("As many streams of events are open as the application keeps.");
		}
		return over;
	}

	private static ProblemException refused(String why) {
		return new ProblemException(ProblemType.TOO_MANY_STREAMS, why + " Close one, or try again later.");
	}

	/**
	 * How many are open.
	 * @return the number
	 */
	int openStreams() {
		return this.all.get();
	}

	/**
	 * The place of one stream.
	 */
	final class Slot {

		private final Runnable over;

		private final Disposable.Swap unread = Disposables.swap();

		private Slot(Runnable over) {
			this.over = over;
		}

		/**
		 * Count a stream until it is over.
		 * @param events the stream
		 * @return the same
		 */
		<E> Flux<E> of(Flux<E> events) {
			return events.doOnSubscribe((subscription) -> this.unread.dispose()).doFinally((signal) -> over());
		}

		/** A response whose client is gone may never be written. */
		private void expectReader() {
			this.unread.update(StreamLimits.this.scheduler.schedule(this::over, UNREAD.toSeconds(), TimeUnit.SECONDS));
		}

		private void over() {
			this.unread.dispose();
			this.over.run();
		}

	}

}
