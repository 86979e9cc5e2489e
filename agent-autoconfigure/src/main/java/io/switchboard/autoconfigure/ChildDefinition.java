package io.switchboard.autoconfigure;

import java.util.Objects;

import io.switchboard.supervision.ChildSpec;
import org.jspecify.annotations.Nullable;

/**
 * A child and the supervisor it was defined for.
 *
 * @param origin where it was defined, to be named when something is wrong with it, such
 * as {@code switchboard.agents.support} or {@code class com.example.PricingAgent}
 * @param supervisor the name of the supervisor above; {@code null} or {@code /} for the
 * root
 * @param spec the child
 * @since 0.1.0
 */
public record ChildDefinition(String origin, @Nullable String supervisor, ChildSpec spec) {

	public ChildDefinition {
		Objects.requireNonNull(origin, "'origin' must not be null");
		Objects.requireNonNull(spec, "'spec' must not be null");
	}

}
