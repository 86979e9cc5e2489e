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
 * @param all where it is kept
 * @param path the agent's path
 */
record AgentConversation(Conversations all, AgentPath path) implements TurnConversation {

	@Override
	public Mono<List<Message>> read() {
		return this.all.transcript(this.path);
	}

	@Override
	public Mono<Void> add(List<Message> turn) {
		return this.all.add(this.path, turn);
	}

	@Override
	public Mono<Void> replace(List<Message> history, List<Message> turn) {
		return this.all.replace(this.path, Stream.concat(history.stream(), turn.stream()).toList());
	}

}
