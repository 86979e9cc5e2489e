package io.switchboard.report;

import java.util.function.Supplier;

import io.switchboard.AgentPath;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps content back that another sanitizer has failed on.
 *
 * @param delegate the other
 */
record FailSafeSanitizer(Sanitizer delegate) implements Sanitizer {

	static final int LIMIT = 2_000;

	private static final Logger logger = LoggerFactory.getLogger(Sanitizer.class);

	@Override
	public @Nullable String message(AgentPath agent, Object message) {
		return safely(agent, "message", () -> this.delegate.message(agent, message));
	}

	@Override
	public @Nullable String state(AgentPath agent, Object state) {
		return safely(agent, "state", () -> this.delegate.state(agent, state));
	}

	@Override
	public @Nullable String failure(AgentPath node, Throwable failure) {
		return safely(node, "failure", () -> this.delegate.failure(node, failure));
	}

	@Override
	public @Nullable String detail(AgentPath node, String detail) {
		return safely(node, "detail", () -> this.delegate.detail(node, detail));
	}

	@Override
	public Sanitizer failSafe() {
		return this;
	}

	private static @Nullable String safely(AgentPath node, String what, Supplier<@Nullable String> text) {
		try {
			return cut(text.get());
		}
		catch (Throwable ex) {
			// its message may quote what it failed on
			logger.warn("The sanitizer failed on a {} of '{}' with {}; a placeholder is shown instead", what, node,
					ex.getClass().getName());
			return PLACEHOLDER;
		}
	}

	private static @Nullable String cut(@Nullable String text) {
		return (text != null && text.length() > LIMIT) ? text.substring(0, LIMIT) + "..." : text;
	}

}
