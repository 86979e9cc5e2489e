package io.switchboard.supervision;

import java.time.Duration;
import java.util.List;

import io.switchboard.supervision.InvalidSpecificationException.Problem;
import org.jspecify.annotations.Nullable;

/**
 * How long what an agent does may take, and how long it may do nothing.
 *
 * @param start how long a start
 * @param handler how long the handling of a message, or {@code null} for no limit
 * @param idle how long it may have nothing to do, or {@code null} for no limit
 */
record TimeLimits(Duration start, @Nullable Duration handler, @Nullable Duration idle) {

	/**
	 * What agents have that say nothing about it. They share it: there may be a million.
	 */
	static final TimeLimits DEFAULT = new TimeLimits(Duration.ofMinutes(1), null, null);

	void check(List<Problem> problems) {
		check("startTimeout", this.start, problems);
		if (this.handler != null) {
			check("handlerTimeout", this.handler, problems);
		}
		if (this.idle != null) {
			check("idleTimeout", this.idle, problems);
		}
	}

	private static void check(String name, Duration limit, List<Problem> problems) {
		if (limit.isNegative() || limit.isZero()) {
			problems.add(new Problem(name, limit + " is given, more than zero is needed"));
		}
	}

}
