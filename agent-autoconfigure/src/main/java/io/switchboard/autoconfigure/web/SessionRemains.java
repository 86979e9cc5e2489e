package io.switchboard.autoconfigure.web;

import io.switchboard.AgentPath;
import io.switchboard.ai.Conversations;
import io.switchboard.ai.turn.GivenUpTurns;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * What is known of sessions elsewhere than in the journal.
 *
 * @param conversations what was said, {@code null} if the application keeps none
 * @param givenUp the turns that can be replayed, {@code null} if none are kept
 */
record SessionRemains(@Nullable Conversations conversations, @Nullable GivenUpTurns givenUp) {

	/**
	 * Forget a session: whoever begins one of its name must not find what was said.
	 * @param path the session
	 * @return completes when it is forgotten
	 */
	Mono<Void> forget(AgentPath path) {
		return Mono.defer(() -> {
			if (this.givenUp != null) {
				this.givenUp.forget(path);
			}
			return (this.conversations != null) ? this.conversations.forget(path) : Mono.empty();
		});
	}

}
