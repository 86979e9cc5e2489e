package io.switchboard.runtime;

import io.switchboard.AgentPath;
import org.jspecify.annotations.Nullable;

/**
 * A child that was started by hand.
 *
 * @param path where it lives
 * @param incarnation the number of its life
 * @param info what its start had to say to whoever started it, see
 * {@link io.switchboard.AgentContext#startInfo}; {@code null} if nothing
 * @since 0.1.0
 */
public record StartedChild(AgentPath path, long incarnation, @Nullable Object info) {

}
