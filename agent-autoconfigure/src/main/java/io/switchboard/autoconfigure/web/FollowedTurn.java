package io.switchboard.autoconfigure.web;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A turn as its clients see it, whether it runs here or ended long ago.
 */
interface FollowedTurn {

	/**
	 * The turn's id.
	 * @return the id
	 */
	String id();

	/**
	 * Wait until it is known whether the agent takes the turn.
	 * @return completes with the first event; fails with a {@link ProblemException} if
	 * the turn failed before
	 */
	Mono<Void> begun();

	/**
	 * Wait for the answer.
	 * @return the data of the event that has it; fails with a {@link ProblemException} if
	 * there is none
	 */
	Mono<String> answer();

	/**
	 * Read the turn's events.
	 * @param cursor what the reader knows, or {@code null} for all
	 * @return the events until the turn ends
	 */
	Flux<FeedEvent> events(@Nullable Cursor cursor);

}
