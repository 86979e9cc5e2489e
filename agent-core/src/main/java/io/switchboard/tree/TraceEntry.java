package io.switchboard.tree;

import java.time.Duration;
import java.time.Instant;

import io.switchboard.AgentPath;
import org.jspecify.annotations.Nullable;

/**
 * One thing that an agent did while it was traced. It names types, never content.
 *
 * @param at when, by the runtime's clock
 * @param kind what happened
 * @param incarnation the life that it happened in
 * @param type the class of the message, or what was stale; absent for the begin and the
 * end of a life
 * @param peer the agent that sent the message, or is answered; absent if that is the
 * application, or not known because nobody waits for an answer
 * @param took how long the message was in hand; only where it is done
 * @since 0.1.0
 */
public record TraceEntry(Instant at, TraceKind kind, long incarnation, @Nullable String type, @Nullable AgentPath peer,
		@Nullable Duration took) {

}
