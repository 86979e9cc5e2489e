package io.switchboard.autoconfigure.actuate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A crash report on the wire.
 *
 * @param at when
 * @param path the node that crashed
 * @param incarnation the life that ended, or was not to be
 * @param context what the supervisor was about, such as {@code child-terminated}
 * @param reason why
 * @param message the message in hand, absent if there was none
 * @param mailboxSize messages that waited behind it
 * @param ancestors the supervisors above, nearest first
 * @param budget what the supervisor had spent of its restart budget
 * @param offender the specification of the node
 * @param traceId the trace of the message in hand, if that is known
 */
record CrashReportDescriptor(Instant at, String path, long incarnation, String context, Reason reason,
		@Nullable ContentDescriptor message, int mailboxSize, List<String> ancestors, @Nullable Budget budget,
		@Nullable Specification offender, @Nullable String traceId) {

	/**
	 * Why a life ended.
	 *
	 * @param kind the reason's one-word name
	 * @param text the reason, as far as it may be shown
	 * @param failure the exception, absent if none was involved
	 */
	record Reason(String kind, String text, @Nullable Cause failure) {
	}

	/**
	 * An exception.
	 *
	 * @param type the name of its class
	 * @param text its message, as far as it may be shown
	 * @param stackTrace where it was thrown, the innermost calls
	 * @param cause what caused it
	 */
	record Cause(String type, @Nullable String text, List<String> stackTrace, @Nullable Cause cause) {
	}

	/**
	 * What was spent of a restart budget.
	 *
	 * @param strategy whom restarts touch
	 * @param restarts restarts that counted against the budget
	 * @param maxRestarts restarts allowed within the period
	 * @param within the period
	 */
	record Budget(String strategy, int restarts, int maxRestarts, Duration within) {
	}

	/**
	 * The specification of the node.
	 *
	 * @param id its name
	 * @param type what it is
	 * @param start the class that makes the behaviour, absent for a supervisor
	 * @param restart which of its ends are answered with a restart
	 * @param significant whether its end can end its supervisor
	 * @param shutdown how long it may take to stop
	 * @param version the version of its definition, absent for a supervisor
	 * @param maxRestarts its own restart budget, absent for an agent
	 * @param within the period of its own restart budget, absent for an agent
	 */
	record Specification(String id, String type, @Nullable String start, String restart, boolean significant,
			String shutdown, @Nullable String version, @Nullable Integer maxRestarts, @Nullable Duration within) {
	}

}
