package io.switchboard.ai.turn;

import java.util.List;
import java.util.Objects;

import reactor.core.publisher.Mono;

import org.springframework.ai.chat.messages.Message;

/**
 * What was said to an agent before a turn, and where the turn is kept when it is
 * complete. It lives outside the incarnation that leads it.
 * <p>
 * You probably want {@link io.switchboard.ai.Conversations}.
 *
 * @since 0.1.0
 */
public interface TurnConversation {

	/**
	 * Read what was said.
	 * @return the messages, the oldest first
	 */
	Mono<List<Message>> read();

	/**
	 * Keep a turn that is complete. A turn that goes on after a restart may be added a
	 * second time; if it is the latest that was added, that should change nothing.
	 * @param turn the turn's id
	 * @param said what the user has said, and the final answer
	 * @return completes when it is kept
	 */
	Mono<Void> add(String turn, List<Message> said);

	/**
	 * Keep a turn that is complete instead of what was said, because the turn could not
	 * be completed with all of it.
	 * @param turn the turn's id
	 * @param history what is left of what was said before
	 * @param said what the user has said, and the final answer
	 * @return completes when both are kept
	 */
	Mono<Void> replace(String turn, List<Message> history, List<Message> said);

	/**
	 * A conversation that is known and kept by the caller.
	 * @param history what was said before, the oldest first
	 * @return the conversation; what is added to it goes nowhere
	 */
	static TurnConversation of(List<? extends Message> history) {
		return new GivenConversation(List.copyOf(Objects.requireNonNull(history, "'history' must not be null")));
	}

}
