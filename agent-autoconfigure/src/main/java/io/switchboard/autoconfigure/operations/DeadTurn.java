package io.switchboard.autoconfigure.operations;

import java.time.Instant;

import io.switchboard.AgentPath;

/**
 * A turn that ended without an answer and is kept to be tried again.
 *
 * @param agent who led it
 * @param turn its id
 * @param incarnation in which life it was given up
 * @param failure the class of what went wrong last
 * @param detail the same in words, which may quote a provider
 * @param input what the user has said: not to be shown without the
 * {@link io.switchboard.report.Sanitizer}
 * @param at when it was given up
 * @since 0.1.0
 */
public record DeadTurn(AgentPath agent, String turn, long incarnation, String failure, String detail, String input,
		Instant at) {

	/**
	 * Without what the user has said.
	 */
	@Override
	public String toString() {
		return "turn '%s' of %s, given up as %s".formatted(this.turn, this.agent, this.failure);
	}

}
