package io.switchboard.ai;

import java.util.List;
import java.util.stream.Stream;

import io.switchboard.AgentPath;
import io.switchboard.ai.turn.TurnConversation;
import reactor.core.publisher.Mono;

import org.springframework.ai.chat.messages.Message;

/**
 * The conversation of one agent.
 *
 * @param store where it is kept
 * @param path the agent's path
 */
record AgentConversation(ConversationStore store, AgentPath path) implements TurnConversation {

	@Override
	public Mono<List<Message>> read() {
		return this.store.read(this.path);
	}

	@Override
	public Mono<Void> add(String turn, List<Message> said) {
		return this.store.add(this.path, turn, said);
	}

	@Override
	public Mono<Void> replace(String turn, List<Message> history, List<Message> said) {
		return this.store.replace(this.path, turn, Stream.concat(history.stream(), said.stream()).toList());
	}

}
