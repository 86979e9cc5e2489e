package io.switchboard.autoconfigure.web;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import reactor.core.publisher.Mono;

/**
 * Counts the streams of events that callers keep open.
 */
final class StreamLimits {

	private final ConcurrentMap<String, Integer> callers = new ConcurrentHashMap<>();

	private final AtomicInteger all = new AtomicInteger();

	private final AgentWebProperties.Limits limits;

	StreamLimits(AgentWebProperties.Limits limits) {
		this.limits = limits;
	}

	/**
	 * Count a stream for as long as it is open.
	 * @param caller who reads it
	 * @param response makes the response, given what to do when its stream is over; if
	 * there is no response that is done here
	 * @return the response; fails with a {@link ProblemException} if it is a stream too
	 * many
	 */
	<T> Mono<T> open(Caller caller, Function<Runnable, Mono<T>> response) {
		return Mono.defer(() -> {
			Runnable over = count(caller);
			// whoever leaves before the stream has begun never ends it
			return response.apply(over).doOnError((ex) -> over.run()).doOnCancel(over);
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

}
