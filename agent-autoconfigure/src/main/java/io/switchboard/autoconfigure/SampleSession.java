package io.switchboard.autoconfigure;

import java.util.function.Function;

import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.DynamicSupervisorSpec;
import org.jspecify.annotations.Nullable;

/**
 * Learns what the sessions of a dynamic supervisor are like by specifying one that is
 * never started: the supervisor itself does not say.
 */
final class SampleSession {

	private static final String KEY = "sample";

	private SampleSession() {
	}

	/**
	 * Specify a session.
	 * @param supervisor the supervisor
	 * @return the session, or {@code null} if there is no template, or none that takes
	 * any key
	 */
	static @Nullable AgentSpec<?> of(DynamicSupervisorSpec supervisor) {
		Function<String, ? extends AgentSpec<?>> template = supervisor.template();
		try {
			return (template != null) ? template.apply(KEY) : null;
		}
		catch (RuntimeException ex) {
			return null;
		}
	}

}
