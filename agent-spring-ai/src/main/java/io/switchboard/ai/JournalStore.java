package io.switchboard.ai;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.switchboard.AgentPath;
import io.switchboard.ai.turn.MessagesJson;
import io.switchboard.ai.turn.UnreadableSessionException;
import io.switchboard.journal.JournalEntry;
import io.switchboard.journal.JournalWriters;
import reactor.core.publisher.Mono;

import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.memory.InMemoryChatMemoryRepository;
import org.springframework.ai.chat.memory.MessageWindowChatMemory;
import org.springframework.ai.chat.messages.Message;

/**
 * Conversations in the journal, each with the turn that was added last, which is not
 * added again.
 *
 * @param writers write the sessions
 * @param window how many messages to keep of each
 */
record JournalStore(JournalWriters writers, int window) implements ConversationStore {

	/**
	 * The version of sessions that begin with a conversation: that of their agents is not
	 * known here.
	 */
	private static final String DEFINITION = "conversation";

	private static final String NO_TURN = "";

	@Override
	public ConversationStore withWindow(int messages) {
		return new JournalStore(this.writers, messages);
	}

	@Override
	public Mono<List<Message>> read(AgentPath path) {
		return stored(path).map((known) -> known.map((said) -> messages(path, said)).orElse(List.of()));
	}

	@Override
	public Mono<Void> forget(AgentPath path) {
		return stored(path).flatMap((known) -> known.isPresent() ? write(path, NO_TURN, List.of()) : Mono.empty());
	}

	@Override
	public Mono<Void> add(AgentPath path, String turn, List<Message> messages) {
		return stored(path).flatMap((known) -> {
			if (isLatest(known, turn)) {
				return Mono.empty();
			}
			List<Message> all = new ArrayList<>(known.map((said) -> messages(path, said)).orElse(List.of()));
			all.addAll(messages);
			return write(path, turn, all);
		});
	}

	@Override
	public Mono<Void> replace(AgentPath path, String turn, List<Message> messages) {
		return stored(path).flatMap((known) -> isLatest(known, turn) ? Mono.empty() : write(path, turn, messages));
	}

	private static boolean isLatest(Optional<JournalEntry.Conversation> known, String turn) {
		return known.isPresent() && known.get().turn().equals(turn);
	}

	private Mono<Optional<JournalEntry.Conversation>> stored(AgentPath path) {
		return this.writers.journal()
			.conversation(path)
			.map(Optional::of)
			.defaultIfEmpty(Optional.empty())
			.onErrorMap(UnreadableSessionException::isCausedBy, (ex) -> unreadable(path, ex.getClass().getName(), ex));
	}

	private static List<Message> messages(AgentPath path, JournalEntry.Conversation said) {
		try {
			return MessagesJson.read(said.content());
		}
		catch (IllegalArgumentException ex) {
			throw unreadable(path, String.valueOf(ex.getMessage()), ex);
		}
	}

	private static UnreadableSessionException unreadable(AgentPath path, String detail, Throwable ex) {
		return new UnreadableSessionException(path, "its conversation could not be read (%s)".formatted(detail), ex);
	}

	private Mono<Void> write(AgentPath path, String turn, List<Message> messages) {
		return this.writers.of(path, DEFINITION)
			.flatMap((writer) -> writer
				.write(new JournalEntry.Conversation(turn, MessagesJson.write(latest(messages)))));
	}

	/**
	 * The window as for all other conversations.
	 */
	private List<Message> latest(List<Message> messages) {
		ChatMemory memory = MessageWindowChatMemory.builder()
			.chatMemoryRepository(new InMemoryChatMemoryRepository())
			.maxMessages(this.window)
			.build();
		memory.add(DEFINITION, messages);
		return memory.get(DEFINITION);
	}

}
