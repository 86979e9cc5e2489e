package io.switchboard.autoconfigure.disclosure;

import java.util.Objects;

import io.switchboard.AgentPath;
import io.switchboard.ExitReason;
import io.switchboard.report.CrashReason;
import io.switchboard.report.Sanitizer;

/**
 * Tells a reader why an incarnation ended without telling more than that reader may know.
 * <p>
 * Two have a say: the {@link Sanitizer} on what may be seen at all, and the setting of an
 * endpoint on whether its readers see that much. {@link #HIDE_MESSAGES} is what you
 * probably want wherever somebody else may read the text: it names the class of an
 * exception and nothing that a message, a detail or a cause of it could quote.
 *
 * @since 0.1.0
 */
public final class ReasonText {

	/**
	 * Name the class of the exception only, and hide details.
	 */
	public static final ReasonText HIDE_MESSAGES = new ReasonText(false, Sanitizer.hiding());

	private final boolean messages;

	private final Sanitizer sanitizer;

	private ReasonText(boolean messages, Sanitizer sanitizer) {
		this.messages = messages;
		this.sanitizer = sanitizer;
	}

	/**
	 * Choose by a setting.
	 * @param shown whether the reader may be told messages
	 * @param sanitizer decides what may be told of them
	 * @return {@link #HIDE_MESSAGES}, or what the sanitizer says
	 */
	public static ReasonText showingMessages(boolean shown, Sanitizer sanitizer) {
		Objects.requireNonNull(sanitizer, "'sanitizer' must not be null");
		return shown ? new ReasonText(true, sanitizer) : HIDE_MESSAGES;
	}

	/**
	 * Whether the reader may be told messages.
	 * @return {@code false} for {@link #HIDE_MESSAGES}
	 */
	public boolean showsMessages() {
		return this.messages;
	}

	/**
	 * Describe a reason.
	 * @param node the node whose incarnation ended
	 * @param reason why it ended
	 * @return the exception's class for a crash, else the reason's kind; followed by the
	 * message or detail where that may be told
	 */
	public String describe(AgentPath node, ExitReason reason) {
		return CrashReason.describe(node, reason, this.sanitizer);
	}

}
