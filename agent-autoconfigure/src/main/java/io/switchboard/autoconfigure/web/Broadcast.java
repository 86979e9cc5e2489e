package io.switchboard.autoconfigure.web;

import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.publisher.Sinks.EmitResult;
import reactor.core.scheduler.Scheduler;
import reactor.util.concurrent.Queues;

/**
 * Hands events to any number of readers, who get what comes after they have joined.
 * <p>
 * Sending never waits: each reader has a bounded buffer of its own and is served on its
 * own time, and one whose buffer is full ends with a {@link SlowReaderException} behind
 * what it had already got.
 */
final class Broadcast {

	/** How much a reader is given at once; what waits beyond is in its buffer. */
	private static final int BATCH = 32;

	private final Object lock = new Object();

	private final Set<Reader> readers = new CopyOnWriteArraySet<>();

	private final int buffer;

	private final Scheduler scheduler;

	private boolean ended;

	private @Nullable Throwable end;

	/**
	 * Make a broadcast.
	 * @param buffer how many events may wait for each reader
	 * @param scheduler serves the readers
	 */
	Broadcast(int buffer, Scheduler scheduler) {
		this.buffer = buffer;
		this.scheduler = scheduler;
	}

	/**
	 * Begin to read at once, even if the subscription comes later.
	 * @return the reader
	 */
	Reader join() {
		synchronized (this.lock) {
			Reader reader = new Reader(
					Sinks.many().unicast().onBackpressureBuffer(Queues.<FeedEvent>get(this.buffer).get()));
			if (this.ended) {
				reader.end(this.end);
			}
			else {
				this.readers.add(reader);
			}
			return reader;
		}
	}

	@SuppressWarnings("ModifyCollectionInEnhancedForLoop") // the set copies itself on
															// each write
	void send(FeedEvent event) {
		synchronized (this.lock) {
			for (Reader reader : this.readers) {
				EmitResult result = reader.sink.tryEmitNext(event);
				if (result == EmitResult.FAIL_OVERFLOW || result == EmitResult.FAIL_ZERO_SUBSCRIBER) {
					this.readers.remove(reader);
					reader.end(new SlowReaderException(event.id()));
				}
			}
		}
	}

	void complete() {
		end(null);
	}

	/**
	 * End all readers, and those who come later.
	 * @param reason told behind what they have got
	 */
	void disconnect(DisconnectedException reason) {
		end(reason);
	}

	/**
	 * End those who read now. Others may come later.
	 * @param reason told behind what they have got
	 */
	void disconnectReaders(DisconnectedException reason) {
		synchronized (this.lock) {
			this.readers.forEach((reader) -> reader.end(reason));
			this.readers.clear();
		}
	}

	private void end(@Nullable Throwable reason) {
		synchronized (this.lock) {
			if (!this.ended) {
				this.ended = true;
				this.end = reason;
				this.readers.forEach((reader) -> reader.end(reason));
				this.readers.clear();
			}
		}
	}

	boolean hasReaders() {
		return !this.readers.isEmpty();
	}

	/**
	 * Somebody who reads, once.
	 */
	final class Reader {

		private final Sinks.Many<FeedEvent> sink;

		private volatile boolean cutOff;

		private Reader(Sinks.Many<FeedEvent> sink) {
			this.sink = sink;
		}

		/**
		 * What comes.
		 * @return the events, for one subscriber
		 */
		Flux<FeedEvent> events() {
			return this.sink.asFlux().publishOn(Broadcast.this.scheduler, BATCH).doFinally((signal) -> leave());
		}

		/**
		 * Whether more came than could wait.
		 * @return {@code true} if events are missing
		 */
		boolean isCutOff() {
			return this.cutOff;
		}

		void leave() {
			Broadcast.this.readers.remove(this);
		}

		private void end(@Nullable Throwable reason) {
			if (reason == null) {
				this.sink.tryEmitComplete();
			}
			else {
				this.cutOff = reason instanceof SlowReaderException;
				this.sink.tryEmitError(reason);
			}
		}

	}

}
