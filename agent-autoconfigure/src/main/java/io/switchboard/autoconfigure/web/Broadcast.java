package io.switchboard.autoconfigure.web;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.publisher.Sinks.EmitResult;
import reactor.core.scheduler.Scheduler;
import reactor.util.concurrent.Queues;

/**
 * Hands events to any number of readers and remembers the newest for those who join late.
 * <p>
 * Sending never waits: each reader has a bounded buffer of its own and is served on its
 * own time, and one whose buffer is full ends with a {@link SlowReaderException} behind
 * what it had already got.
 */
final class Broadcast {

	/** How much a reader is given at once; what waits beyond is in its buffer. */
	private static final int BATCH = 32;

	private final Object lock = new Object();

	private final Set<Sinks.Many<FeedEvent>> readers = new CopyOnWriteArraySet<>();

	private final Deque<FeedEvent> past = new ArrayDeque<>();

	private final int buffer;

	private final Scheduler scheduler;

	private long memory;

	private long remembered;

	private boolean ended;

	/**
	 * Make a broadcast.
	 * @param buffer how many events may wait for each reader
	 * @param memory how much to remember, in characters
	 * @param scheduler serves the readers
	 */
	Broadcast(int buffer, long memory, Scheduler scheduler) {
		this.buffer = buffer;
		this.memory = memory;
		this.scheduler = scheduler;
	}

	/**
	 * Read what is remembered, then what comes, without gap or repeat.
	 * @return the events; each subscription is a reader
	 */
	Flux<FeedEvent> events() {
		return Flux.defer(this::join);
	}

	/**
	 * Begin to read at once, even if the subscription comes later.
	 * @return the events, for one subscriber
	 */
	Flux<FeedEvent> join() {
		synchronized (this.lock) {
			Flux<FeedEvent> first = Flux.fromIterable(List.copyOf(this.past));
			if (this.ended) {
				return first;
			}
			Sinks.Many<FeedEvent> reader = Sinks.many()
				.unicast()
				.onBackpressureBuffer(Queues.<FeedEvent>get(this.buffer).get());
			this.readers.add(reader);
			return first.concatWith(reader.asFlux().publishOn(this.scheduler, BATCH))
				.doFinally((signal) -> this.readers.remove(reader));
		}
	}

	@SuppressWarnings("ModifyCollectionInEnhancedForLoop") // the set copies itself on
															// each write
	void send(FeedEvent event) {
		synchronized (this.lock) {
			remember(event);
			for (Sinks.Many<FeedEvent> reader : this.readers) {
				if (reader.tryEmitNext(event) == EmitResult.FAIL_OVERFLOW) {
					this.readers.remove(reader);
					reader.tryEmitError(new SlowReaderException(event.id()));
				}
			}
		}
	}

	private void remember(FeedEvent event) {
		this.past.add(event);
		this.remembered += event.size();
		while (this.remembered > this.memory) {
			this.remembered -= this.past.remove().size();
		}
	}

	/**
	 * Stop to remember: nobody else will join.
	 */
	void forget() {
		synchronized (this.lock) {
			this.memory = 0;
			this.remembered = 0;
			this.past.clear();
		}
	}

	void complete() {
		synchronized (this.lock) {
			this.ended = true;
			this.readers.forEach(Sinks.Many::tryEmitComplete);
			this.readers.clear();
		}
	}

	boolean hasReaders() {
		return !this.readers.isEmpty();
	}

	/**
	 * What is remembered.
	 * @return its size in characters
	 */
	long size() {
		synchronized (this.lock) {
			return this.remembered;
		}
	}

}
