package io.switchboard.ai.turn;

import java.time.Instant;

import io.switchboard.AgentPath;
import io.switchboard.ai.failure.FailureClass;

/**
 * A turn that was begun and has ended without an answer, with all that is needed to try
 * it again: the conversation is as it was before, so to send the request to the agent
 * once more is to replay it.
 *
 * @param agent who led it
 * @param incarnation in which life it was given up
 * @param request what was asked
 * @param failure what went wrong last
 * @param detail the same in words
 * @param at when it was given up, by the runtime's clock
 * @since 0.1.0
 */
public record GivenUpTurn(AgentPath agent, long incarnation, TurnRequest request, FailureClass failure, String detail,
		Instant at) {

	/**
	 * Without what the user has said.
	 */
	@Override
	public String toString() {
		return "turn '%s' of %s, given up in incarnation %d as %s".formatted(this.request.turn(), this.agent,
				this.incarnation, this.failure.id());
	}

}
