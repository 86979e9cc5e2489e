package io.switchboard.report;

import io.switchboard.AgentPath;
import io.switchboard.ExitReason;
import org.jspecify.annotations.Nullable;

/**
 * Why a life ended, as it may be shown.
 *
 * @param kind the reason's one-word name, see {@link ExitReason#kind()}
 * @param text the reason as the {@link Sanitizer} lets it be seen
 * @param failure what went wrong, if an exception was involved
 * @since 0.1.0
 */
public record CrashReason(String kind, String text, @Nullable Failure failure) {

	/**
	 * Describe a reason.
	 * @param node the node whose life ended
	 * @param reason why it ended
	 * @param sanitizer decides what is shown
	 * @return the reason as it may be shown
	 */
	public static CrashReason of(AgentPath node, ExitReason reason, Sanitizer sanitizer) {
		Throwable cause = reason.cause();
		Failure failure = (cause != null) ? Failure.of(node, cause, sanitizer) : null;
		if (failure != null && !(reason instanceof ExitReason.Shutdown)) {
			return new CrashReason(reason.kind(), failure.toString(), failure);
		}
		return new CrashReason(reason.kind(), describe(node, reason, sanitizer), failure);
	}

	/**
	 * Describe a reason in one text, without its causes.
	 * @param node the node whose life ended
	 * @param reason why it ended
	 * @param sanitizer decides what is shown
	 * @return the exception's class for a crash, else the reason's kind; followed by what
	 * the sanitizer lets be seen of the message or detail
	 */
	public static String describe(AgentPath node, ExitReason reason, Sanitizer sanitizer) {
		Sanitizer safe = sanitizer.failSafe();
		if (reason instanceof ExitReason.Shutdown shutdown) {
			String detail = (shutdown.detail() != null) ? safe.detail(node, shutdown.detail()) : null;
			return (detail != null) ? "%s (%s)".formatted(reason.kind(), detail) : reason.kind();
		}
		Throwable cause = reason.cause();
		return (cause != null) ? new Content(cause.getClass().getName(), safe.failure(node, cause)).toString()
				: reason.kind();
	}

	@Override
	public String toString() {
		return this.text;
	}

}
