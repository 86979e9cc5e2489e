package io.switchboard.autoconfigure.journal;

import io.switchboard.AgentPath;
import reactor.core.publisher.Mono;

/**
 * What is known of sessions elsewhere than in the journal.
 */
interface SessionMemory {

	/**
	 * Forget a session that the journal does not know any more. With it went whose it
	 * was: whoever begins one of that name must not find what was said.
	 * @param path the session
	 * @return completes when it is forgotten
	 */
	Mono<Void> forget(AgentPath path);

}
