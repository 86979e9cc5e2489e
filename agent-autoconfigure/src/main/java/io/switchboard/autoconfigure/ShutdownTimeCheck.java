package io.switchboard.autoconfigure;

import java.time.Duration;

import io.switchboard.runtime.AgentSystem;
import io.switchboard.supervision.SupervisorSpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Warns if Spring would not wait until all agents have stopped.
 */
final class ShutdownTimeCheck {

	private static final String PROPERTY = "spring.lifecycle.timeout-per-shutdown-phase";

	/** What Spring waits if the property is not set. */
	private static final Duration DEFAULT = Duration.ofSeconds(30);

	private static final Logger logger = LoggerFactory.getLogger(AgentSystem.class);

	private ShutdownTimeCheck() {
	}

	static void warnIfTooLong(SupervisorSpec root, Environment environment) {
		Duration limit = Binder.get(environment).bind(PROPERTY, Duration.class).orElse(DEFAULT);
		Duration time = ShutdownTime.of(root);
		if (time == null) {
			logger.warn("An agent may take for ever to stop, but Spring stops waiting after {} ({}): "
					+ "give every agent a shutdown time", text(limit), PROPERTY);
		}
		else if (time.compareTo(limit) > 0) {
			logger.warn(
					"Stopping all agents may take {}, the sum of their shutdown times, but Spring stops waiting "
							+ "after {}: set '{}' to {} or more, or shorten 'switchboard.agents.<name>.shutdown'",
					text(time), text(limit), PROPERTY, text(time));
		}
	}

	private static String text(Duration duration) {
		return (duration.toMillis() % 1000 == 0) ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
	}

}
