package io.switchboard.report;

import java.util.Objects;
import java.util.function.UnaryOperator;

import io.switchboard.AgentPath;
import org.jspecify.annotations.Nullable;

/**
 * Decides what of the content of messages, states and failures is shown: in crash
 * reports, in the log, by Actuator and to whoever inspects a node.
 * <p>
 * Names of classes, paths and numbers are always shown. Content is what prompts, keys and
 * personal data may be in, so the default is {@link #hiding()}. You probably want
 * {@link #showing()} while you develop, and {@link #rewriting(UnaryOperator)} where an
 * operator needs the texts and you know what must not be in them.
 * <p>
 * Every method returns the text to show, or {@code null} to show the class alone. It is
 * called on the runtime's own threads: return quickly and do not block. If it throws, a
 * {@linkplain #PLACEHOLDER placeholder} is shown, never the content. Long texts are cut.
 * <p>
 * Code that listens to events sees exceptions as they are; what it shows of them is its
 * own responsibility.
 *
 * @since 0.1.0
 */
public interface Sanitizer {

	/**
	 * What is shown where a sanitizer has failed.
	 */
	String PLACEHOLDER = "(hidden, because the sanitizer failed)";

	/**
	 * What to show of a message.
	 * @param agent the agent it was sent to
	 * @param message the message
	 * @return the text, or {@code null} to show its class alone
	 */
	@Nullable String message(AgentPath agent, Object message);

	/**
	 * What to show of an agent's state.
	 * @param agent the agent
	 * @param state the state
	 * @return the text, or {@code null} to show its class alone
	 */
	@Nullable String state(AgentPath agent, Object state);

	/**
	 * What to show of an exception. Its causes are asked for one by one.
	 * @param node the node that failed with it
	 * @param failure the exception
	 * @return the text, or {@code null} to show its class alone
	 */
	@Nullable String failure(AgentPath node, Throwable failure);

	/**
	 * What to show of the detail that an agent has given for its stop.
	 * @param node the node that stopped
	 * @param detail the detail
	 * @return the text, or {@code null} to show none
	 */
	@Nullable String detail(AgentPath node, String detail);

	/**
	 * Make this sanitizer safe to call: it throws nothing, shows a placeholder where it
	 * would have, and cuts what is too long.
	 * @return the safe form
	 */
	default Sanitizer failSafe() {
		return new FailSafeSanitizer(this);
	}

	/**
	 * Show no content.
	 * @return the sanitizer
	 */
	static Sanitizer hiding() {
		return HidingSanitizer.INSTANCE;
	}

	/**
	 * Show all content as it is.
	 * @return the sanitizer
	 */
	static Sanitizer showing() {
		return rewriting(UnaryOperator.identity());
	}

	/**
	 * Show all content, each text rewritten.
	 * @param rewrite takes out of a text what must not be shown
	 * @return the sanitizer
	 */
	static Sanitizer rewriting(UnaryOperator<String> rewrite) {
		return new RewritingSanitizer(Objects.requireNonNull(rewrite, "'rewrite' must not be null"));
	}

}
