package io.switchboard.report;

import java.time.Instant;
import java.util.List;

import io.switchboard.AgentPath;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one crash, as it may be shown. Written once for each life that
 * ended abnormally, for each start that failed, for each stop that went wrong and for
 * each restart budget that was spent. Clean ends write none.
 * <p>
 * A report holds texts only, no message and no exception, so it keeps nothing alive. Only
 * stack traces are written out later, within a second or when somebody looks, and until
 * then the exceptions are kept. All that could quote content has passed the
 * {@link Sanitizer}.
 *
 * @param path the node that crashed
 * @param incarnation the life that ended, or was not to be
 * @param context what the supervisor was about
 * @param reason why the life ended
 * @param message the message in hand, or {@code null} if there was none
 * @param mailboxSize messages that waited behind it; zero for a supervisor
 * @param ancestors the supervisors above, nearest first; empty for the root
 * @param budget what the supervisor had spent of its restart budget; absent for the root
 * @param offender the specification of the node; absent if its supervisor's template
 * failed to give one
 * @param traceId the trace that the message in hand was part of, if that is known
 * @param at when, by the runtime's clock
 * @since 0.1.0
 */
public record CrashReport(AgentPath path, long incarnation, CrashContext context, CrashReason reason,
		@Nullable Content message, int mailboxSize, List<AgentPath> ancestors, @Nullable RestartBudget budget,
		@Nullable Offender offender, @Nullable String traceId, Instant at) {

	public CrashReport {
		ancestors = List.copyOf(ancestors);
	}

	/**
	 * Who wrote the report.
	 * @return the supervisor, or {@code null} for a report on the root
	 */
	public @Nullable AgentPath supervisor() {
		return this.path.parent();
	}

}
