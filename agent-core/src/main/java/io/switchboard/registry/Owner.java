package io.switchboard.registry;

import java.util.Objects;

import io.switchboard.AgentContext;
import io.switchboard.AgentPath;
import io.switchboard.AgentRef;

/**
 * Whom a name, a membership or a subscription belongs to, and so how long it lasts: one
 * life of an agent, or all lives at a path.
 * <p>
 * Inside an agent you probably want {@link #of(AgentContext)}: what one life has
 * registered ends with it, and the next life registers again in its start. From outside
 * use {@link #of(AgentRef)}: that lasts over restarts, until the agent is stopped for
 * good.
 *
 * @param path where the agent lives
 * @param incarnation the life it belongs to, or zero for all lives at the path
 * @since 0.1.0
 */
public record Owner(AgentPath path, long incarnation) {

	public Owner {
		Objects.requireNonNull(path, "'path' must not be null");
		if (incarnation < 0) {
			throw new IllegalArgumentException(
					"Incarnation %d of agent '%s' is not possible: from 1 upwards, or 0 for all, is needed"
						.formatted(incarnation, path));
		}
	}

	/**
	 * One life of an agent.
	 * @param context that life's view of the runtime
	 * @return the owner
	 */
	public static Owner of(AgentContext<?> context) {
		return new Owner(context.path(), context.incarnation());
	}

	/**
	 * All lives of an agent.
	 * @param ref its address
	 * @return the owner
	 */
	public static Owner of(AgentRef<?> ref) {
		return at(ref.path());
	}

	/**
	 * All lives of an agent.
	 * @param path its path
	 * @return the owner
	 */
	public static Owner at(AgentPath path) {
		return new Owner(path, 0);
	}

	/**
	 * Whether this lasts over restarts.
	 * @return {@code true} if it stands for all lives at the path
	 */
	public boolean isLasting() {
		return this.incarnation == 0;
	}

	/**
	 * Whether this may change what belongs to another: to itself, or, for a life, to all
	 * lives at its path.
	 * @param other the one it belongs to
	 * @return {@code true} if it may
	 */
	boolean actsFor(Owner other) {
		return this.path.equals(other.path) && (other.isLasting() || other.incarnation == this.incarnation);
	}

	@Override
	public String toString() {
		return isLasting() ? this.path.toString() : this.path + "#" + this.incarnation;
	}

}
