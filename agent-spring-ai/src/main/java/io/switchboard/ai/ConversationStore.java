package io.switchboard.ai;

import java.util.List;

import io.switchboard.AgentPath;
import reactor.core.publisher.Mono;

import org.springframework.ai.chat.messages.Message;

/**
 * Where conversations are kept.
 */
interface ConversationStore {

	/**
	 * Keep another number of messages.
	 * @param messages how many
	 * @return the same conversations with another limit
	 */
	ConversationStore withWindow(int messages);

	/**
	 * Read.
	 * @param path the agent's path
	 * @return the messages, the oldest first
	 */
	Mono<List<Message>> read(AgentPath path);

	/**
	 * Delete what was said.
	 * @param path the agent's path
	 * @return completes when it is gone
	 */
	Mono<Void> forget(AgentPath path);

	/**
	 * Add a turn.
	 * @param path the agent's path
	 * @param turn the turn's id
	 * @param messages the turn's messages
	 * @return completes when they are written
	 */
	Mono<Void> add(AgentPath path, String turn, List<Message> messages);

	/**
	 * Keep a turn instead of what was said before.
	 * @param path the agent's path
	 * @param turn the turn's id
	 * @param messages what is left of that, and the turn's messages
	 * @return completes when they are written
	 */
	Mono<Void> replace(AgentPath path, String turn, List<Message> messages);

}
