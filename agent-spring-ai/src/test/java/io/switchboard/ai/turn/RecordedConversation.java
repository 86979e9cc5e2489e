package io.switchboard.ai.turn;

import java.util.ArrayList;
import java.util.List;

import reactor.core.publisher.Mono;

import org.springframework.ai.chat.messages.Message;

/**
 * A conversation that begins empty and keeps what is added.
 */
final class RecordedConversation implements TurnConversation {

	final List<List<Message>> turns = new ArrayList<>();

	private final Mono<Void> beforeAdding;

	RecordedConversation() {
		this(Mono.empty());
	}

	RecordedConversation(Mono<Void> beforeAdding) {
		this.beforeAdding = beforeAdding;
	}

	@Override
	public Mono<List<Message>> read() {
		return Mono.just(this.turns.stream().flatMap(List::stream).toList());
	}

	@Override
	public Mono<Void> add(String id, List<Message> turn) {
		return this.beforeAdding.then(Mono.fromRunnable(() -> this.turns.add(turn)));
	}

	@Override
	public Mono<Void> replace(String id, List<Message> history, List<Message> turn) {
		return Mono.error(new UnsupportedOperationException());
	}

}
