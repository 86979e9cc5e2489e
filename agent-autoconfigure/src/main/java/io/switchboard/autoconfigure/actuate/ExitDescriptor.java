package io.switchboard.autoconfigure.actuate;

import java.time.Instant;

/**
 * The end of a life on the wire.
 *
 * @param kind {@code normal}, {@code shutdown}, {@code killed}, {@code noproc} or
 * {@code crash}
 * @param reason the class of the exception, or the kind again; with the message where
 * values may be shown
 * @param at when it was
 */
record ExitDescriptor(String kind, String reason, Instant at) {

}
