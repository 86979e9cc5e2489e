package io.switchboard.ai;

import java.util.List;
import java.util.Objects;

import io.switchboard.AgentPath;
import io.switchboard.ai.turn.TurnConversation;
import io.switchboard.journal.JournalWriters;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.ai.chat.memory.ChatMemoryRepository;
import org.springframework.ai.chat.memory.InMemoryChatMemoryRepository;
import org.springframework.ai.chat.messages.Message;

/**
 * What was said to model agents and what they answered, one conversation a path.
 * <p>
 * A conversation lives outside the incarnation that leads it, so it survives a crash of
 * the agent. You probably want {@link #inMemory()}, or {@link #of} with one of Spring
 * AI's repositories to survive a crash of the process as well.
 * <p>
 * A turn is added when it is complete: what the user said and the final answer. One that
 * goes on after a restart of the process may be added twice to a repository, which knows
 * nothing of turns, but not to a {@linkplain #of(JournalWriters) journal}. Calls of tools
 * and their results are not kept; not every repository can hold them, and the answer says
 * what came of them. A turn that fails, crashes or is cancelled leaves nothing. When a
 * turn is cancelled in the moment in which it is written, either can be the case.
 * <p>
 * A conversation keeps its newest messages, {@value #DEFAULT_WINDOW} unless told
 * otherwise, and always begins with a user's. Older ones are deleted from the repository.
 *
 * @since 0.1.0
 */
public final class Conversations {

	/**
	 * Messages that a conversation keeps unless told otherwise.
	 */
	public static final int DEFAULT_WINDOW = 40;

	private final ConversationStore store;

	private Conversations(ConversationStore store) {
		this.store = store;
	}

	/**
	 * Keep conversations as long as the process lives.
	 * @return empty conversations
	 */
	public static Conversations inMemory() {
		return of(new InMemoryChatMemoryRepository(), Schedulers.immediate());
	}

	/**
	 * Keep conversations in a repository.
	 * @param repository the repository, which is given agent paths as conversation ids
	 * @param scheduler where to call it, because repositories block; not disposed here
	 * @return the conversations in it
	 */
	public static Conversations of(ChatMemoryRepository repository, Scheduler scheduler) {
		Objects.requireNonNull(repository, "'repository' must not be null");
		Objects.requireNonNull(scheduler, "'scheduler' must not be null");
		return new Conversations(new RepositoryStore(repository, scheduler, DEFAULT_WINDOW));
	}

	/**
	 * Keep conversations in a journal, so that they survive what it survives and are
	 * deleted with their sessions. A turn that goes on after a restart of the process is
	 * in them once.
	 * @param writers write the sessions, shared with the agents and with whoever accepts
	 * their turns
	 * @return the conversations in it
	 */
	public static Conversations of(JournalWriters writers) {
		Objects.requireNonNull(writers, "'writers' must not be null");
		return new Conversations(new JournalStore(writers, DEFAULT_WINDOW));
	}

	/**
	 * Change how much of a conversation is kept.
	 * @param messages how many messages, at least two
	 * @return the same conversations with another limit
	 */
	public Conversations withWindow(int messages) {
		if (messages < 2) {
			throw new IllegalArgumentException(
					"Conversation window of %d messages is too small: a turn needs 2, what was said and what was answered"
						.formatted(messages));
		}
		return new Conversations(this.store.withWindow(messages));
	}

	/**
	 * Read a conversation.
	 * @param path the agent's path
	 * @return its messages, the oldest first; an empty list if nothing was said; fails
	 * with an {@link io.switchboard.ai.turn.UnreadableSessionException} if a journal has
	 * one that cannot be read
	 */
	public Mono<List<Message>> transcript(AgentPath path) {
		Objects.requireNonNull(path, "'path' must not be null");
		return this.store.read(path);
	}

	/**
	 * Delete a conversation. Stop its agent first: a turn in hand would be added to the
	 * empty conversation.
	 * @param path the agent's path
	 * @return completes when it is gone, also if there was none
	 */
	public Mono<Void> forget(AgentPath path) {
		Objects.requireNonNull(path, "'path' must not be null");
		return this.store.forget(path);
	}

	/**
	 * The conversation of an agent, for a {@link io.switchboard.ai.turn.TurnRunner}.
	 * @param path the agent's path
	 * @return the conversation; an agent has one turn at a time, which keeps them in
	 * order
	 */
	public TurnConversation of(AgentPath path) {
		Objects.requireNonNull(path, "'path' must not be null");
		return new AgentConversation(this.store, path);
	}

	/**
	 * Add a turn. An agent has one turn at a time, which keeps them in order.
	 * @param path the agent's path
	 * @param turn the turn's id
	 * @param said the turn's messages
	 * @return completes when they are written
	 */
	Mono<Void> add(AgentPath path, String turn, List<Message> said) {
		return this.store.add(path, turn, said);
	}

}
