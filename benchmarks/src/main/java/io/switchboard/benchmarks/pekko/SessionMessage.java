package io.switchboard.benchmarks.pekko;

import org.apache.pekko.actor.typed.ActorRef;

/**
 * What a {@link Session} understands.
 */
sealed interface SessionMessage {

	/**
	 * Begin a turn.
	 *
	 * @param subscriber who gets the tokens
	 */
	record Begin(ActorRef<Delivery> subscriber) implements SessionMessage {

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
