package io.switchboard.benchmarks.switchboard;

import java.util.concurrent.CountDownLatch;

import io.switchboard.AgentRef;

/**
 * What a {@link PlainAgent} understands.
 */
sealed interface Message {

	/**
	 * To be answered with the agent's number.
	 */
	enum Ping implements Message {

		/** Asks. */
		PING

	}

	/**
	 * To be told the agent's number.
	 *
	 * @param replyTo who wants to know
	 */
	record PingFrom(AgentRef<Object> replyTo) implements Message {

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
