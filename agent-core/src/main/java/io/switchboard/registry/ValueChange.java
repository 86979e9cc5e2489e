package io.switchboard.registry;

import org.jspecify.annotations.Nullable;

/**
 * How an update changed the value of a name.
 *
 * @param before the value it had
 * @param after the value it has
 * @since 0.1.0
 */
public record ValueChange(@Nullable Object before, @Nullable Object after) {

}
