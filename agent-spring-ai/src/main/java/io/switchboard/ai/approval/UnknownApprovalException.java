package io.switchboard.ai.approval;

import io.switchboard.AgentPath;

/**
 * Something was decided that nobody has asked, or that is decided already.
 *
 * @since 0.1.0
 */
public final class UnknownApprovalException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	UnknownApprovalException(AgentPath agent, String turn, String call, Object open) {
		super("Agent '%s' asks nothing about call '%s' in turn '%s': it is decided already, the turn has ended, or it "
			.formatted(agent, call, turn) + "never was. Open now: %s".formatted(open));
	}

}
