package io.switchboard.autoconfigure.actuate;

import java.util.List;
import java.util.Locale;

import io.switchboard.AgentPath;
import io.switchboard.autoconfigure.actuate.CrashReportDescriptor.Budget;
import io.switchboard.autoconfigure.actuate.CrashReportDescriptor.Cause;
import io.switchboard.autoconfigure.actuate.CrashReportDescriptor.Reason;
import io.switchboard.autoconfigure.actuate.CrashReportDescriptor.Specification;
import io.switchboard.report.Content;
import io.switchboard.report.CrashContext;
import io.switchboard.report.CrashReason;
import io.switchboard.report.CrashReport;
import io.switchboard.report.Failure;
import io.switchboard.report.Offender;
import io.switchboard.report.RestartBudget;
import io.switchboard.supervision.RestartIntensity;
import org.jspecify.annotations.Nullable;

/**
 * Turns crash reports into what goes over the wire.
 *
 * @param texts whether the reader may see texts, or classes alone
 */
record CrashReportDescriber(boolean texts) {

	private static final int MAX_FRAMES = 30;

	CrashReportDescriptor describe(CrashReport report) {
		return new CrashReportDescriptor(report.at(), report.path().toString(), report.incarnation(),
				report.context().id(), describe(report.reason(), report.context()), describe(report.message()),
				report.mailboxSize(), report.ancestors().stream().map(AgentPath::toString).toList(),
				describe(report.budget()), describe(report.offender()), report.traceId());
	}

	@Nullable ContentDescriptor describe(@Nullable Content content) {
		return (content != null) ? new ContentDescriptor(content.type(), text(content.text())) : null;
	}

	private Reason describe(CrashReason reason, CrashContext context) {
		Failure failure = reason.failure();
		String shown = reason.text();
		if (!this.texts) {
			shown = (failure != null && context != CrashContext.SHUTDOWN) ? failure.type() : reason.kind();
		}
		return new Reason(reason.kind(), shown, describe(failure));
	}

	private @Nullable Cause describe(@Nullable Failure failure) {
		if (failure == null) {
			return null;
		}
		List<String> frames = failure.stackTrace().stream().limit(MAX_FRAMES).map(StackTraceElement::toString).toList();
		return new Cause(failure.type(), text(failure.text()), frames, describe(failure.cause()));
	}

	private @Nullable String text(@Nullable String text) {
		return this.texts ? text : null;
	}

	static @Nullable Budget describe(@Nullable RestartBudget budget) {
		return (budget != null)
				? new Budget(kebab(budget.strategy()), budget.restarts(), budget.maxRestarts(), budget.within()) : null;
	}

	private static @Nullable Specification describe(@Nullable Offender offender) {
		if (offender == null) {
			return null;
		}
		RestartIntensity own = offender.intensity();
		return new Specification(offender.id(), offender.type().id(), offender.start(), kebab(offender.restart()),
				offender.significant(), offender.shutdown().toString(), offender.version(),
				(own != null) ? own.maxRestarts() : null, (own != null) ? own.within() : null);
	}

	private static String kebab(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
