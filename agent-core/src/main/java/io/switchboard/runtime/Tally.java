package io.switchboard.runtime;

import org.jspecify.annotations.Nullable;

/**
 * What is counted and written down of one life. Written in the agent's lane alone.
 */
final class Tally {

	private @Nullable CrashEvidence evidence;

	void crashed(CrashEvidence evidence) {
		this.evidence = evidence;
	}

	@Nullable CrashEvidence evidence() {
		return this.evidence;
	}

}
