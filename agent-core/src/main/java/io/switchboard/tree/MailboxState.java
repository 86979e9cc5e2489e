package io.switchboard.tree;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What waits in front of an agent.
 *
 * @param size messages that wait
 * @param capacity messages that may wait
 * @param oldest how long the first of them has waited, or {@code null} if none waits
 * @since 0.1.0
 */
public record MailboxState(int size, int capacity, @Nullable Duration oldest) {

}
