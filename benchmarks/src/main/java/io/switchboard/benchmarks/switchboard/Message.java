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

	/**
	 * To be answered with the time it carries.
	 *
	 * @param replyTo where the answer goes
	 * @param due when it was to be sent
	 */
	record Ask(AgentRef<Reply> replyTo, long due) implements Message {

	}

	/**
	 * The answer.
	 *
	 * @param due when the question was to be sent
	 */
	record Reply(long due) {

	}

	/**
	 * Break.
	 */
	enum Crash implements Message {

		/** Breaks it. */
		CRASH

	}

	/**
	 * Compute, and nothing else.
	 *
	 * @param until when it ends
	 */
	record Hog(long until) implements Message {

	}

}
