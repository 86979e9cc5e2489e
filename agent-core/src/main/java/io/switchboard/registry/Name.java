package io.switchboard.registry;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A name as it is registered.
 *
 * @param key the name itself
 * @param owner whose it is
 * @param value what the owner attached to it, or {@code null}
 * @since 0.1.0
 */
public record Name(Object key, Owner owner, @Nullable Object value) {

	public Name {
		Objects.requireNonNull(key, "'key' must not be null");
		Objects.requireNonNull(owner, "'owner' must not be null");
	}

	Name withValue(@Nullable Object value) {
		return new Name(this.key, this.owner, value);
	}

}
