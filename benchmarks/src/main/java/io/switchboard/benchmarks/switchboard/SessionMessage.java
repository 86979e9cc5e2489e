package io.switchboard.benchmarks.switchboard;

import io.switchboard.AgentRef;

/**
 * What a {@link TimedSession} understands.
 */
sealed interface SessionMessage {

	/**
	 * Begin a turn.
	 *
	 * @param subscriber who gets the tokens
	 */
	record Begin(AgentRef<Delivery> subscriber) implements SessionMessage {

	}

	/**
	 * What a session sends itself after a while.
	 */
	enum Timer implements SessionMessage {

		/** The model sends its next token. */
		TOKEN,

		/** The tool answers. */
		TOOL

	}

}
