package io.switchboard.autoconfigure.disclosure;

import io.switchboard.ExitReason;
import io.switchboard.ExitReason.Shutdown;
import org.jspecify.annotations.Nullable;

/**
 * Tells why an incarnation ended without telling more than is allowed.
 * <p>
 * {@link #HIDE_MESSAGES} is what you probably want wherever somebody else may read the
 * text: it names the class of an exception and nothing that a message, a detail or a
 * cause of it could quote.
 *
 * @since 0.1.0
 */
public enum ReasonText {

	/**
	 * Name the class of the exception only, and hide details.
	 */
	HIDE_MESSAGES {

		@Override
		String exception(Throwable exception) {
			return exception.getClass().getName();
		}

		@Override
		String shutdown(@Nullable String detail) {
			return "shutdown";
		}

	},

	/**
	 * Tell messages and details as they are.
	 */
	SHOW_MESSAGES {

		@Override
		String exception(Throwable exception) {
			return exception.toString();
		}

		@Override
		String shutdown(@Nullable String detail) {
			return (detail != null) ? "shutdown (" + detail + ")" : "shutdown";
		}

	};

	/**
	 * Choose by a setting.
	 * @param shown whether messages may be told
	 * @return {@link #SHOW_MESSAGES} if they may, else {@link #HIDE_MESSAGES}
	 */
	public static ReasonText showingMessages(boolean shown) {
		return shown ? SHOW_MESSAGES : HIDE_MESSAGES;
	}

	/**
	 * Describe a reason.
	 * @param reason why an incarnation ended
	 * @return the exception's class for a crash, else the reason's kind; followed by the
	 * message or detail where that may be told
	 */
	public String describe(ExitReason reason) {
		if (reason instanceof Shutdown shutdown) {
			return shutdown(shutdown.detail());
		}
		Throwable cause = reason.cause();
		return (cause != null) ? exception(cause) : reason.kind();
	}

	abstract String exception(Throwable exception);

	abstract String shutdown(@Nullable String detail);

}
