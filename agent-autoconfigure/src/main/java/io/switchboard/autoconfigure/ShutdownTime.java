package io.switchboard.autoconfigure;

import java.time.Duration;
import java.util.List;

import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.ChildSpec;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.PartitionSupervisorSpec;
import io.switchboard.supervision.SupervisorSpec;
import org.jspecify.annotations.Nullable;

/**
 * How long a stop can take at most: the children of a supervisor one after the other,
 * sessions all at once.
 */
final class ShutdownTime {

	private ShutdownTime() {
	}

	/**
	 * Find the longest stop.
	 * @param spec what is stopped
	 * @return its time, or {@code null} if there is no limit
	 */
	static @Nullable Duration of(ChildSpec spec) {
		Duration own = spec.shutdown().limit();
		Duration below = below(spec);
		if (own == null || below == null) {
			return (own != null) ? own : below;
		}
		return (own.compareTo(below) < 0) ? own : below;
	}

	private static @Nullable Duration below(ChildSpec spec) {
		if (spec instanceof SupervisorSpec supervisor) {
			return sum(supervisor.children());
		}
		if (spec instanceof PartitionSupervisorSpec supervisor) {
			return sum(supervisor.children());
		}
		if (spec instanceof DynamicSupervisorSpec supervisor) {
			AgentSpec<?> session = SampleSession.of(supervisor);
			return (session != null) ? of(session) : Duration.ZERO;
		}
		return null;
	}

	private static @Nullable Duration sum(List<ChildSpec> children) {
		Duration sum = Duration.ZERO;
		for (ChildSpec child : children) {
			Duration time = of(child);
			if (time == null) {
				return null;
			}
			sum = sum.plus(time);
		}
		return sum;
	}

}
