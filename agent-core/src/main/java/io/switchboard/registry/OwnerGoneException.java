package io.switchboard.registry;

import io.switchboard.AgentException;

/**
 * Work that was done on behalf of an agent was given up, because that agent ended.
 *
 * @since 0.1.0
 */
public final class OwnerGoneException extends AgentException {

	private static final long serialVersionUID = 1L;

	private final transient Owner owner;

	OwnerGoneException(Owner owner, Object key) {
		super("The work of '%s' under the lock '%s' was given up, because that agent is gone".formatted(owner, key));
		this.owner = owner;
	}

	/**
	 * On whose behalf the work was done.
	 * @return the owner
	 */
	public Owner owner() {
		return this.owner;
	}

}
