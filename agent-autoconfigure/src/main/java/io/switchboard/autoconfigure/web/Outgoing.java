package io.switchboard.autoconfigure.web;

import org.jspecify.annotations.Nullable;

/**
 * What is to be written and told.
 *
 * @param turn whose it is, or {@code null} if it is the session's
 * @param type the name of the event, or {@code null} if nothing is told
 * @param data its data
 * @param end how the turn ends with it, or {@code null} if it goes on
 */
record Outgoing(@Nullable RunningTurn turn, @Nullable String type, String data, @Nullable TurnEnd end) {

	static Outgoing event(@Nullable RunningTurn turn, String type, String data) {
		return new Outgoing(turn, type, data, null);
	}

	/**
	 * Take back that a turn was accepted, and tell nobody.
	 * @param turn the turn
	 * @param problem why
	 * @return what to write
	 */
	static Outgoing takenBack(RunningTurn turn, ProblemException problem) {
		return new Outgoing(turn, null, "", TurnEnd.refused(problem));
	}

}
