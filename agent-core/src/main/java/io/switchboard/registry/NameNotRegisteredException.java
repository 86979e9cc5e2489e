package io.switchboard.registry;

import io.switchboard.AgentException;
import org.jspecify.annotations.Nullable;

/**
 * A name that was insisted on could not be registered.
 *
 * @since 0.1.0
 */
public final class NameNotRegisteredException extends AgentException {

	private static final long serialVersionUID = 1L;

	private final transient Object key;

	private final transient @Nullable Owner holder;

	NameNotRegisteredException(Object key, @Nullable Owner holder, String detail) {
		super("Name '%s' was not registered: %s".formatted(key, detail));
		this.key = key;
		this.holder = holder;
	}

	/**
	 * The name.
	 * @return the key
	 */
	public Object key() {
		return this.key;
	}

	/**
	 * Who holds the name.
	 * @return the owner, or {@code null} if nobody does
	 */
	public @Nullable Owner holder() {
		return this.holder;
	}

}
