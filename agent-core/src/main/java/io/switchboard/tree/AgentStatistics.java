package io.switchboard.tree;

import java.time.Duration;
import java.time.Instant;

/**
 * What one life of an agent has done so far. The next life begins at zero.
 * <p>
 * The numbers are read while the agent goes on, so they may be a message apart.
 *
 * @param startedAt when this life began
 * @param taken messages taken from the mailbox, reminders included
 * @param handled messages whose handler has ended without crashing
 * @param answered asks and streams that were answered, deferred answers included
 * @param failed asks that were answered with a failure that the agent survived
 * @param staleDropped things of earlier lives that were kept from this one
 * @param busy time in which a message was in hand; short messages that follow each other
 * are timed together
 * @since 0.1.0
 */
public record AgentStatistics(Instant startedAt, long taken, long handled, long answered, long failed,
		long staleDropped, Duration busy) {

}
