package io.switchboard.autoconfigure.actuate;

import java.time.Duration;
import java.time.Instant;

/**
 * What one life of an agent has done, on the wire.
 *
 * @param startedAt when it began
 * @param taken messages taken from the mailbox
 * @param handled messages that are done
 * @param answered asks and streams that were answered
 * @param failed asks that were answered with a failure
 * @param staleDropped things of earlier lives that were kept from this one
 * @param busy time in which a message was in hand
 */
record StatisticsDescriptor(Instant startedAt, long taken, long handled, long answered, long failed, long staleDropped,
		Duration busy) {

}
