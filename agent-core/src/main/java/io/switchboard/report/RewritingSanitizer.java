package io.switchboard.report;

import java.util.function.UnaryOperator;

import io.switchboard.AgentPath;
import org.jspecify.annotations.Nullable;

/**
 * Shows all content, each text rewritten.
 *
 * @param rewrite takes out of a text what must not be shown
 */
record RewritingSanitizer(UnaryOperator<String> rewrite) implements Sanitizer {

	@Override
	public @Nullable String message(AgentPath agent, Object message) {
		return rewritten(message.toString());
	}

	@Override
	public @Nullable String state(AgentPath agent, Object state) {
		return rewritten(state.toString());
	}

	@Override
	public @Nullable String failure(AgentPath node, Throwable failure) {
		return rewritten(failure.getMessage());
	}

	@Override
	public @Nullable String detail(AgentPath node, String detail) {
		return rewritten(detail);
	}

	private @Nullable String rewritten(@Nullable String text) {
		return (text != null) ? this.rewrite.apply(text) : null;
	}

}
