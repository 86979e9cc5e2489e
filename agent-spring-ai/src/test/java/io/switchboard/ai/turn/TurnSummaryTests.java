package io.switchboard.ai.turn;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.switchboard.ai.failure.FailureClass;
import io.switchboard.ai.failure.TurnFailure;
import io.switchboard.ai.failure.TurnFailureException;
import io.switchboard.ai.recovery.Ladder;
import io.switchboard.ai.recovery.RecoveryPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.model.tool.ToolCallingChatOptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Conversations that are summed up.
 */
class TurnSummaryTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final List<Message> HISTORY = List.of(new UserMessage("I am Ann."), new AssistantMessage("Hello."),
			new UserMessage("I like tea."), new AssistantMessage("Fine."));

	private final FixtureContext context = new FixtureContext();

	private final FixtureModel model = new FixtureModel();

	private final List<Message> kept = new ArrayList<>(HISTORY);

	/** How many tokens of the conversation the model is told; zero for all. */
	private int seen;

	/** How often the store fails in the middle of a change. */
	private int failures;

	@AfterEach
	void close() {
		this.context.close();
	}

	@Test
	void theModelSumsTheOlderHalfUp() {
		this.model.answers(overflow()).says("The user is ", "Ann.").says("You are Ann.");

		StepVerifier.create(run("summarize"))
			.expectNext(new TurnStarted("t1"), new Recovering("t1", "context-overflow", "summarize", 1))
			.expectNext(new Token("t1", "You are Ann."))
			.expectNext(new TurnCompleted("t1", "You are Ann.", new Usage(20, 4), 1))
			.expectComplete()
			.verify(PATIENCE);
		assertThat(this.model.messagesOfCall(1)).singleElement()
			.satisfies((message) -> assertThat(message.getText()).endsWith("user: I am Ann.\nassistant: Hello.\n"));
		assertThat(this.model.prompts().get(1).getOptions()).isInstanceOfSatisfying(ToolCallingChatOptions.class,
				(options) -> assertThat(options.getToolCallbacks()).isNullOrEmpty());
		assertThat(this.model.messagesOfCall(2)).extracting(Message::getText)
			.containsExactly("What was said before, in short: The user is Ann.", "I will keep that in mind.",
					"I like tea.", "Fine.", "Who am I?");
		assertThat(this.kept).hasSize(6).first().satisfies((message) -> assertThat(message.getText()).contains("Ann"));
	}

	@Test
	void aHalfThatCannotBeSummedUpIsDropped() {
		this.model.answers(overflow()).answers(overflow()).says("I do not know.");

		StepVerifier.create(run("summarize").filter(TurnEvent::last))
			.expectNextMatches(TurnCompleted.class::isInstance)
			.expectComplete()
			.verify(PATIENCE);
		assertThat(this.model.messagesOfCall(2)).extracting(Message::getText)
			.containsExactly("I like tea.", "Fine.", "Who am I?");
	}

	@Test
	void anEmptySummaryIsNone() {
		this.model.answers(overflow()).says(" ").says("I do not know.");

		run("summarize").blockLast(PATIENCE);

		assertThat(this.model.messagesOfCall(2)).hasSize(3);
	}

	@Test
	void whatTheModelWasNotToldStaysInTheConversation() {
		this.seen = 4;
		this.model.answers(overflow()).says("The user likes tea.").says("I do not know.");

		run("summarize").blockLast(PATIENCE);

		assertThat(this.model.messagesOfCall(2)).extracting(Message::getText)
			.containsExactly("What was said before, in short: The user likes tea.", "I will keep that in mind.",
					"Who am I?");
		assertThat(this.kept).extracting(Message::getText)
			.containsExactly("I am Ann.", "Hello.", "What was said before, in short: The user likes tea.",
					"I will keep that in mind.", "Who am I?", "I do not know.");
	}

	@Test
	void whatTheModelWasNotToldStaysAlsoIfTheStoreFailsInBetween() {
		this.context.onOneThread();
		this.seen = 4;
		this.failures = 1;
		this.model.answers(overflow()).says("I do not know.");

		StepVerifier.create(run("compact").filter(TurnEvent::last))
			.then(() -> this.context.scheduler().advanceTimeBy(Duration.ofMinutes(1)))
			.expectNextMatches(TurnCompleted.class::isInstance)
			.expectComplete()
			.verify(PATIENCE);

		assertThat(this.kept).extracting(Message::getText)
			.containsExactly("I am Ann.", "Hello.", "Who am I?", "I do not know.");
	}

	@Test
	void aConversationThatBeginsAnewKeepsNothing() {
		this.seen = 4;
		this.model.answers(overflow()).says("I do not know.");

		run("restart-conversation").blockLast(PATIENCE);

		assertThat(this.kept).extracting(Message::getText).containsExactly("Who am I?", "I do not know.");
	}

	private Flux<TurnEvent> run(String rung) {
		return TurnRunner.builder(ChatClient.create(this.model), this.model)
			.tools(List.of(new FixtureTool("lookup", () -> "shipped")))
			.historyTokens(this.seen, new Words())
			.recovery(RecoveryPolicy.defaults().with(FailureClass.CONTEXT_OVERFLOW, Ladder.of(rung)))
			.build()
			.run(new TurnRequest("t1", "Who am I?"), new Kept(), this.context);
	}

	private static Flux<ChatResponse> overflow() {
		return Flux.error(new TurnFailureException(TurnFailure.of(FailureClass.CONTEXT_OVERFLOW)));
	}

	private final class Kept implements TurnConversation {

		@Override
		public Mono<List<Message>> read() {
			return Mono.fromSupplier(() -> List.copyOf(TurnSummaryTests.this.kept));
		}

		@Override
		public Mono<Void> add(String id, List<Message> turn) {
			return Mono.fromRunnable(() -> TurnSummaryTests.this.kept.addAll(turn));
		}

		@Override
		public Mono<Void> replace(String id, List<Message> history, List<Message> turn) {
			return Mono.fromRunnable(() -> {
				TurnSummaryTests.this.kept.clear();
				if (TurnSummaryTests.this.failures-- > 0) {
					throw new TestException("gone");
				}
				TurnSummaryTests.this.kept.addAll(history);
				TurnSummaryTests.this.kept.addAll(turn);
			});
		}

	}

}
