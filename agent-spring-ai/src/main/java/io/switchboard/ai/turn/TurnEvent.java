package io.switchboard.ai.turn;

import io.switchboard.StreamElement;

/**
 * Something that happened in a turn.
 * <p>
 * A turn begins with {@link TurnStarted} and ends with {@link TurnCompleted} or
 * {@link TurnFailed}. A stream that is cancelled or whose agent crashes just ends there:
 * the first has nobody left to tell, the second fails with the runtime's error.
 * {@link TurnCancelled} is for those who watch a turn that somebody else gave up,
 * {@link TurnAsleep} for those who can send the turn again.
 * <p>
 * The records are the data of the events on the wire, named by {@link #type()}.
 *
 * @since 0.1.0
 */
public sealed interface TurnEvent extends StreamElement permits TurnStarted, Token, ToolCall, ToolResult,
		AwaitingApproval, Recovering, TurnCompleted, TurnFailed, TurnCancelled, TurnAsleep {

	/**
	 * The turn it belongs to.
	 * @return the turn's id
	 */
	String turn();

	/**
	 * The event's name on the wire, such as {@code turn-started}.
	 * @return the name
	 */
	String type();

	/**
	 * Whether the stream is over with this event.
	 * @return {@code true} if no event of the turn follows in it
	 */
	@Override
	default boolean last() {
		return false;
	}

	/**
	 * Whether each life of the agent tells of it again, for those who may not have heard
	 * of it. Whoever has asked the agent gets it once.
	 * @return {@code true} but for text
	 */
	@Override
	default boolean again() {
		return true;
	}

}
