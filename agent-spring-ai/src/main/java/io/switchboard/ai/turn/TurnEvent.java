package io.switchboard.ai.turn;

import io.switchboard.StreamElement;

/**
 * Something that happened in a turn.
 * <p>
 * A turn begins with {@link TurnStarted} and ends with {@link TurnCompleted} or
 * {@link TurnFailed}. A stream that is cancelled or whose agent crashes just ends there:
 * the first has nobody left to tell, the second fails with the runtime's error.
 * {@link TurnCancelled} is for those who watch a turn that somebody else gave up.
 * <p>
 * The records are the data of the events on the wire, named by {@link #type()}.
 *
 * @since 0.1.0
 */
public sealed interface TurnEvent extends StreamElement permits TurnStarted, Token, ToolCall, ToolResult,
		AwaitingApproval, Recovering, TurnCompleted, TurnFailed, TurnCancelled {

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
	 * Whether the turn is over with this event.
	 * @return {@code true} if no event of the turn follows
	 */
	@Override
	default boolean last() {
		return false;
	}

}
