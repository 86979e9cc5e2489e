package io.switchboard.tree;

import java.time.Instant;

import io.switchboard.ExitReason;

/**
 * How a node's latest life before the current one ended.
 *
 * @param reason why it ended
 * @param at when it ended
 * @since 0.1.0
 */
public record LastExit(ExitReason reason, Instant at) {

}
