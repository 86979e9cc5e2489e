package io.switchboard.tree;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What waits in front of all agents at a path and below it, in numbers.
 *
 * @param agents how many agents there are, alive or not
 * @param waiting messages that wait in front of all of them
 * @param deepest messages that wait in front of the one with the most
 * @param oldest how long the message has waited that has waited longest, or {@code null}
 * if none waits
 * @since 0.1.0
 */
public record MailboxTotals(int agents, long waiting, int deepest, @Nullable Duration oldest) {

}
