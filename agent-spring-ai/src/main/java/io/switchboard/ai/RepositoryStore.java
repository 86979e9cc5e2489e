package io.switchboard.ai;

import java.util.List;
import java.util.function.Function;

import io.switchboard.AgentPath;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.memory.ChatMemoryRepository;
import org.springframework.ai.chat.memory.MessageWindowChatMemory;
import org.springframework.ai.chat.messages.Message;

/**
 * Conversations in one of Spring AI's repositories, which know nothing of turns.
 */
final class RepositoryStore implements ConversationStore {

	private final ChatMemoryRepository repository;

	private final Scheduler scheduler;

	private final ChatMemory memory;

	/**
	 * Keep conversations in a repository.
	 * @param repository the repository
	 * @param scheduler where to call it
	 * @param window how many messages to keep of each
	 */
	RepositoryStore(ChatMemoryRepository repository, Scheduler scheduler, int window) {
		this.repository = repository;
		this.scheduler = scheduler;
		this.memory = MessageWindowChatMemory.builder().chatMemoryRepository(repository).maxMessages(window).build();
	}

	@Override
	public ConversationStore withWindow(int messages) {
		return new RepositoryStore(this.repository, this.scheduler, messages);
	}

	@Override
	public Mono<List<Message>> read(AgentPath path) {
		return apart(path, (id) -> List.copyOf(this.memory.get(id)));
	}

	@Override
	public Mono<Void> forget(AgentPath path) {
		return apart(path, (id) -> {
			this.memory.clear(id);
			return path;
		}).then();
	}

	@Override
	public Mono<Void> add(AgentPath path, String turn, List<Message> messages) {
		return apart(path, (id) -> {
			this.memory.add(id, messages);
			return path;
		}).then();
	}

	@Override
	public Mono<Void> replace(AgentPath path, String turn, List<Message> messages) {
		return apart(path, (id) -> {
			this.memory.clear(id);
			this.memory.add(id, messages);
			return path;
		}).then();
	}

	private <T> Mono<T> apart(AgentPath path, Function<String, T> work) {
		return Mono.fromCallable(() -> work.apply(path.toString())).subscribeOn(this.scheduler);
	}

}
