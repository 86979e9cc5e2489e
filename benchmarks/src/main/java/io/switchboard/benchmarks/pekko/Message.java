package io.switchboard.benchmarks.pekko;

import java.util.concurrent.CountDownLatch;

import org.apache.pekko.actor.typed.ActorRef;

/**
 * What a {@link PlainActor} understands.
 */
sealed interface Message {

	/**
	 * To be told the actor's number.
	 *
	 * @param replyTo who wants to know
	 */
	record Ping(ActorRef<Integer> replyTo) implements Message {

	}

	/**
	 * To be counted.
	 */
	enum Tick implements Message {

		/** Counts one. */
		TICK

	}

	/**
	 * Begin to count.
	 *
	 * @param left ticks to come
	 * @param done to be told at the last one
	 */
	record Count(int left, CountDownLatch done) implements Message {

	}

}
