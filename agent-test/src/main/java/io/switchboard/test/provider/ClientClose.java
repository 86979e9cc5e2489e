package io.switchboard.test.provider;

import java.time.Duration;
import java.time.Instant;

/**
 * The moment in which a client gave up on an answer.
 *
 * @param at when the provider saw the close
 * @param afterRequest the time from the request to the close
 * @since 0.1.0
 */
public record ClientClose(Instant at, Duration afterRequest) {

}
