package io.switchboard.autoconfigure.web;

import java.time.Duration;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * How long turns may run on when the application stops: a little less than Spring waits.
 */
final class DrainTime {

	/** What Spring waits if nothing is set. */
	private static final Duration DEFAULT = Duration.ofSeconds(30);

	private static final Duration MOST_LESS = Duration.ofSeconds(1);

	private static final int PART_LESS = 10;

	private DrainTime() {
	}

	static Duration of(Environment environment) {
		if ("immediate".equalsIgnoreCase(environment.getProperty("server.shutdown"))) {
			return Duration.ZERO;
		}
		Duration phase = Binder.get(environment)
			.bind("spring.lifecycle.timeout-per-shutdown-phase", Duration.class)
			.orElse(DEFAULT);
		Duration less = phase.dividedBy(PART_LESS);
		return phase.minus((less.compareTo(MOST_LESS) < 0) ? less : MOST_LESS);
	}

}
