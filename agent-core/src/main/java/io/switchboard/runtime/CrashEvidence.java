package io.switchboard.runtime;

import org.jspecify.annotations.Nullable;

/**
 * What only the agent itself knows of its end.
 *
 * @param inHand the message that was being handled
 * @param mailboxSize messages that waited behind it
 */
record CrashEvidence(@Nullable Envelope inHand, int mailboxSize) {

	/**
	 * What is known where no message was involved.
	 */
	static final CrashEvidence NONE = new CrashEvidence(null, 0);

}
