package io.switchboard.ai;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

import io.switchboard.AgentPath;
import io.switchboard.ai.turn.UnreadableSessionException;
import io.switchboard.journal.InMemoryJournal;
import io.switchboard.journal.Journal;
import io.switchboard.journal.JournalEntry;
import io.switchboard.journal.JournalWriter;
import io.switchboard.journal.JournalWriters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import org.springframework.ai.chat.memory.ChatMemoryRepository;
import org.springframework.ai.chat.memory.InMemoryChatMemoryRepository;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.UserMessage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ConversationsTests {

	private static final AgentPath PATH = AgentPath.of("/desk/support/ann");

	private static final AgentPath OTHER = AgentPath.of("/desk/support/bob");

	@Test
	void anUnknownConversationIsEmpty() {
		assertThat(texts(Conversations.inMemory(), PATH)).isEmpty();
	}

	@Test
	void turnsAreReadInTheOrderAdded() {
		Conversations conversations = Conversations.inMemory();

		await(conversations.add(PATH, "one", turn("one")));
		await(conversations.add(PATH, "two", turn("two")));

		assertThat(texts(conversations, PATH)).containsExactly("one?", "one!", "two?", "two!");
		assertThat(texts(conversations, OTHER)).isEmpty();
	}

	@Test
	void forgettingLeavesOtherConversationsAlone() {
		Conversations conversations = Conversations.inMemory();
		await(conversations.add(PATH, "one", turn("one")));
		await(conversations.add(OTHER, "two", turn("two")));

		await(conversations.forget(PATH));

		assertThat(texts(conversations, PATH)).isEmpty();
		assertThat(texts(conversations, OTHER)).containsExactly("two?", "two!");
	}

	@Test
	void forgettingWhatWasNeverSaidIsNoError() {
		StepVerifier.create(Conversations.inMemory().forget(PATH)).expectComplete().verify(Duration.ofSeconds(60));
	}

	@Test
	void theWindowKeepsTheNewestTurnsWhole() {
		Conversations conversations = Conversations.inMemory().withWindow(3);

		await(conversations.add(PATH, "one", turn("one")));
		await(conversations.add(PATH, "two", turn("two")));

		assertThat(texts(conversations, PATH)).containsExactly("two?", "two!");
	}

	@Test
	void aWindowThatHoldsNoTurnIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> Conversations.inMemory().withWindow(1))
			.withMessageContaining("1 messages");
	}

	@Test
	void theRepositoryIsCalledOnItsSchedulerOnly() {
		Scheduler scheduler = Schedulers.newSingle("store");
		CallerRecordingRepository repository = new CallerRecordingRepository();
		Conversations conversations = Conversations.of(repository, scheduler);

		try {
			await(conversations.add(PATH, "one", turn("one")));
			await(conversations.transcript(PATH));
			await(conversations.forget(PATH));
		}
		finally {
			scheduler.dispose();
		}

		assertThat(repository.callers).hasSize(4).allMatch((caller) -> caller.startsWith("store-"));
	}

	@Test
	void aJournalKeepsThemForTheNextProcess() {
		Journal journal = new InMemoryJournal();
		await(Conversations.of(new JournalWriters(journal)).add(PATH, "one", turn("one")));

		Conversations next = Conversations.of(new JournalWriters(journal));
		await(next.add(PATH, "two", turn("two")));

		assertThat(texts(next, PATH)).containsExactly("one?", "one!", "two?", "two!");
		assertThat(texts(next, OTHER)).isEmpty();
	}

	@Test
	void aTurnIsInTheJournalOnce() {
		Journal journal = new InMemoryJournal();
		await(Conversations.of(new JournalWriters(journal)).add(PATH, "one", turn("one")));

		Conversations next = Conversations.of(new JournalWriters(journal));
		await(next.add(PATH, "one", turn("one")));

		assertThat(texts(next, PATH)).containsExactly("one?", "one!");
	}

	@Test
	void theWindowHoldsInAJournalAsWell() {
		Conversations conversations = Conversations.of(new JournalWriters(new InMemoryJournal())).withWindow(3);

		await(conversations.add(PATH, "one", turn("one")));
		await(conversations.add(PATH, "two", turn("two")));

		assertThat(texts(conversations, PATH)).containsExactly("two?", "two!");
	}

	@Test
	void whatAJournalHasCanBeReplacedAndForgotten() {
		Conversations conversations = Conversations.of(new JournalWriters(new InMemoryJournal()));
		await(conversations.add(PATH, "one", turn("one")));

		await(conversations.of(PATH).replace("two", List.of(), turn("two")));
		assertThat(texts(conversations, PATH)).containsExactly("two?", "two!");

		await(conversations.forget(PATH));
		await(conversations.forget(OTHER));
		assertThat(texts(conversations, PATH)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "secret", "[{\"text\":\"secret\"}]", "[null]", "null" })
	void aConversationThatCannotBeReadIsToldAndNotReplaced(String content) {
		JournalWriters writers = new JournalWriters(new InMemoryJournal());
		JournalWriter writer = Objects.requireNonNull(await(writers.of(PATH, "desk@1")));
		await(writer.write(new JournalEntry.Conversation("one", content)));
		Conversations conversations = Conversations.of(writers);

		StepVerifier.create(conversations.transcript(PATH))
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(UnreadableSessionException.class)
				.hasMessageContaining("conversation")
				.hasMessageNotContaining("secret"))
			.verify(Duration.ofSeconds(60));
		StepVerifier.create(conversations.add(PATH, "two", turn("two")))
			.expectError(UnreadableSessionException.class)
			.verify(Duration.ofSeconds(60));
		assertThat(await(writers.journal().conversation(PATH)))
			.isEqualTo(new JournalEntry.Conversation("one", content));
	}

	private static List<Message> turn(String text) {
		return List.of(new UserMessage(text + "?"), new AssistantMessage(text + "!"));
	}

	private static List<String> texts(Conversations conversations, AgentPath path) {
		return await(conversations.transcript(path)).stream().map(Message::getText).toList();
	}

	private static <T> T await(Mono<T> mono) {
		return mono.block(Duration.ofSeconds(60));
	}

	private static final class CallerRecordingRepository implements ChatMemoryRepository {

		private final ChatMemoryRepository delegate = new InMemoryChatMemoryRepository();

		private final List<String> callers = new CopyOnWriteArrayList<>();

		@Override
		public List<String> findConversationIds() {
			record();
			return this.delegate.findConversationIds();
		}

		@Override
		public List<Message> findByConversationId(String conversationId) {
			record();
			return this.delegate.findByConversationId(conversationId);
		}

		@Override
		public void saveAll(String conversationId, List<Message> messages) {
			record();
			this.delegate.saveAll(conversationId, messages);
		}

		@Override
		public void deleteByConversationId(String conversationId) {
			record();
			this.delegate.deleteByConversationId(conversationId);
		}

		private void record() {
			this.callers.add(Thread.currentThread().getName());
		}

	}

}
