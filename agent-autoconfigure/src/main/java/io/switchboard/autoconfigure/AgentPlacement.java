package io.switchboard.autoconfigure;

import java.util.Objects;

import io.switchboard.supervision.ChildSpec;

/**
 * Puts a specification below a supervisor that is defined in the properties.
 * <p>
 * Declare it as a bean, for agents that are specified in Java. A specification that is a
 * bean by itself goes below the root.
 *
 * @param supervisor the supervisor's name, as in {@code switchboard.supervisors}
 * @param spec the agent or supervisor to put there
 * @since 0.1.0
 */
public record AgentPlacement(String supervisor, ChildSpec spec) {

	public AgentPlacement {
		Objects.requireNonNull(supervisor, "'supervisor' must not be null");
		Objects.requireNonNull(spec, "'spec' must not be null");
	}

}
