package io.switchboard.runtime;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

import io.switchboard.AgentPath;
import io.switchboard.ExitReason;
import io.switchboard.event.AgentEvent.CrashReported;
import io.switchboard.report.Content;
import io.switchboard.report.CrashContext;
import io.switchboard.report.CrashReason;
import io.switchboard.report.CrashReport;
import io.switchboard.report.Offender;
import io.switchboard.report.RestartBudget;
import io.switchboard.report.Sanitizer;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.ChildSpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.util.context.ContextView;

/**
 * Writes the crash reports of a system.
 */
final class CrashReporter {

	private static final Logger logger = LoggerFactory.getLogger(CrashReporter.class);

	private final DefaultAgentSystem system;

	private final Sanitizer sanitizer;

	private final Function<ContextView, @Nullable String> traceId;

	private final int perNode;

	private final AtomicLong written = new AtomicLong();

	private final LateTraces lateTraces;

	CrashReporter(DefaultAgentSystem system, AgentSystemBuilder builder) {
		this.system = system;
		this.sanitizer = builder.sanitizer.failSafe();
		this.traceId = builder.traceId;
		this.perNode = builder.crashReportsPerNode;
		this.lateTraces = new LateTraces(system.workers());
	}

	Sanitizer sanitizer() {
		return this.sanitizer;
	}

	/**
	 * Keep a report of a node.
	 * @param before where the node's reports are, if it has any
	 * @param entry the report
	 * @return where they are now, or {@code null} if no reports are kept
	 */
	@Nullable ReportRing keep(@Nullable ReportRing before, ReportRing.Entry entry) {
		ReportRing ring = (before != null || this.perNode == 0) ? before : new ReportRing(this.perNode);
		if (ring != null && ring.add(entry)) {
			this.lateTraces.add(ring);
		}
		return ring;
	}

	/**
	 * Write a report, keep it with the child and tell of it.
	 * @param path the child's path
	 * @param child the child
	 * @param crash what to write
	 * @param budget what its supervisor has spent
	 * @return the report
	 */
	ReportRing.Entry write(AgentPath path, Child child, Crash crash, @Nullable RestartBudget budget) {
		ReportRing.Entry entry = write(path, crash, budget, offender(child.spec));
		ReportRing before = child.reports();
		ReportRing kept = keep(before, entry);
		if (kept != before) {
			child.history().reports = kept;
		}
		tell(entry);
		return entry;
	}

	/**
	 * Write a report on a child that could not even be specified, and tell of it.
	 * @param path the path it would have had
	 * @param crash what to write
	 * @param budget what its supervisor has spent
	 * @return the report
	 */
	ReportRing.Entry write(AgentPath path, Crash crash, @Nullable RestartBudget budget) {
		ReportRing.Entry entry = write(path, crash, budget, null);
		tell(entry);
		return entry;
	}

	private void tell(ReportRing.Entry entry) {
		if (this.system.isHeard()) {
			this.system.emit(new CrashReported(entry.report()));
		}
	}

	private ReportRing.Entry write(AgentPath path, Crash crash, @Nullable RestartBudget budget,
			@Nullable Offender offender) {
		Envelope inHand = crash.evidence().inHand();
		CrashReason reason = CrashReason.of(path, crash.reason(), this.sanitizer);
		if (crash.context() == CrashContext.SHUTDOWN && budget != null) {
			reason = new CrashReason(ExitReason.shutdown().kind(),
					"restart budget spent: more than %d restarts within %s; last: %s".formatted(budget.maxRestarts(),
							budget.within(), reason.text()),
					reason.failure());
		}
		return new ReportRing.Entry(this.written.incrementAndGet(),
				new CrashReport(path, crash.incarnation(), crash.context(), reason,
						(inHand != null) ? content(path, inHand.content()) : null, crash.evidence().mailboxSize(),
						crash.ancestors(), budget, offender, (inHand != null) ? traceId(inHand) : null, crash.at()));
	}

	private Content content(AgentPath path, Object message) {
		return new Content(message.getClass().getName(), this.sanitizer.message(path, message));
	}

	private @Nullable String traceId(Envelope inHand) {
		ReplyTarget asker = inHand.replyTo();
		if (asker == null) {
			return null;
		}
		try {
			return this.traceId.apply(asker.context());
		}
		catch (Throwable ex) {
			Fatal.tell(ex);
			logger.warn("The trace of a message could not be found", ex);
			return null;
		}
	}

	private static Offender offender(ChildSpec spec) {
		AgentSpec<?> agent = (spec instanceof AgentSpec<?> specified) ? specified : null;
		return new Offender(spec.id(), spec.type(), (agent != null) ? agent.factory().getClass().getName() : null,
				spec.restart(), spec.significant(), spec.shutdown(), (agent != null) ? agent.version() : null,
				(agent != null) ? null : Intensities.of(spec));
	}

	/**
	 * What a report is written about.
	 *
	 * @param incarnation the life
	 * @param context what the supervisor was about
	 * @param reason why the life ended
	 * @param evidence what the agent knew of it
	 * @param ancestors the supervisors above, nearest first
	 * @param at when it ended
	 */
	record Crash(long incarnation, CrashContext context, ExitReason reason, CrashEvidence evidence,
			List<AgentPath> ancestors, Instant at) {

	}

}
