package io.switchboard.runtime;

import io.switchboard.ExitReason;
import io.switchboard.report.CrashContext;
import io.switchboard.supervision.ChildSpec;
import io.switchboard.supervision.NodeType;
import io.switchboard.supervision.Restart;
import org.jspecify.annotations.Nullable;

/**
 * Which ends are worth a report.
 */
final class CrashRules {

	private CrashRules() {
	}

	/**
	 * A child has ended that nobody was stopping.
	 * @param reason why it ended
	 * @return the context of the report, or {@code null} if none is written
	 */
	static @Nullable CrashContext ended(ExitReason reason) {
		return reason.isAbnormal() ? CrashContext.CHILD_TERMINATED : null;
	}

	/**
	 * A child has ended while it was being stopped. It should have ended with shutdown; a
	 * child that would not have been restarted may also have ended by itself a moment
	 * before.
	 * @param spec the child's specification
	 * @param reason why it ended
	 * @param killed whether its supervisor is being killed and takes it along
	 * @return the context of the report, or {@code null} if none is written
	 */
	static @Nullable CrashContext stopped(ChildSpec spec, ExitReason reason, boolean killed) {
		boolean expected;
		if (reason instanceof ExitReason.Killed) {
			expected = killed || spec.shutdown().isBrutalKill();
		}
		else if (reason instanceof ExitReason.Shutdown shutdown && shutdown.detail() == null) {
			expected = true;
		}
		else {
			// the detail of a supervisor is this runtime's own
			expected = !reason.isAbnormal() && (spec.restart() != Restart.PERMANENT || spec.type() != NodeType.AGENT);
		}
		return expected ? null : CrashContext.SHUTDOWN_ERROR;
	}

}
