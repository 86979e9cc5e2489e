package io.switchboard.report;

import io.switchboard.AgentPath;
import org.jspecify.annotations.Nullable;

/**
 * Shows no content.
 */
enum HidingSanitizer implements Sanitizer {

	INSTANCE;

	@Override
	public @Nullable String message(AgentPath agent, Object message) {
		return null;
	}

	@Override
	public @Nullable String state(AgentPath agent, Object state) {
		return null;
	}

	@Override
	public @Nullable String failure(AgentPath node, Throwable failure) {
		return null;
	}

	@Override
	public @Nullable String detail(AgentPath node, String detail) {
		return null;
	}

	@Override
	public Sanitizer failSafe() {
		// there is nothing in which it could fail
		return this;
	}

}
