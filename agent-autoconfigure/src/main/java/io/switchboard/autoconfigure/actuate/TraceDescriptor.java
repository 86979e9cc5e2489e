package io.switchboard.autoconfigure.actuate;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * One entry of a trace on the wire.
 *
 * @param at when
 * @param kind what happened
 * @param incarnation the life that it happened in
 * @param type the class of the message
 * @param peer the agent that sent the message, or is answered, if that is known
 * @param took how long the message was in hand, once it is done
 */
record TraceDescriptor(Instant at, String kind, long incarnation, @Nullable String type, @Nullable String peer,
		@Nullable Duration took) {

}
