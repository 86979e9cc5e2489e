package io.switchboard.ai;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.switchboard.AgentPath;
import org.junit.jupiter.api.Test;
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

		await(conversations.add(PATH, turn("one")));
		await(conversations.add(PATH, turn("two")));

		assertThat(texts(conversations, PATH)).containsExactly("one?", "one!", "two?", "two!");
		assertThat(texts(conversations, OTHER)).isEmpty();
	}

	@Test
	void forgettingLeavesOtherConversationsAlone() {
		Conversations conversations = Conversations.inMemory();
		await(conversations.add(PATH, turn("one")));
		await(conversations.add(OTHER, turn("two")));

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

		await(conversations.add(PATH, turn("one")));
		await(conversations.add(PATH, turn("two")));

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
			await(conversations.add(PATH, turn("one")));
			await(conversations.transcript(PATH));
			await(conversations.forget(PATH));
		}
		finally {
			scheduler.dispose();
		}

		assertThat(repository.callers).hasSize(4).allMatch((caller) -> caller.startsWith("store-"));
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
