package io.switchboard.ai.turn;

import java.util.List;

import reactor.core.publisher.Mono;

import org.springframework.ai.chat.messages.Message;

/**
 * A conversation that somebody else keeps.
 *
 * @param history what was said before
 */
record GivenConversation(List<Message> history) implements TurnConversation {

	@Override
	public Mono<List<Message>> read() {
		return Mono.just(this.history);
	}

	@Override
	public Mono<Void> add(String turn, List<Message> said) {
		return Mono.empty();
	}

	@Override
	public Mono<Void> replace(String turn, List<Message> history, List<Message> said) {
		return Mono.empty();
	}

}
