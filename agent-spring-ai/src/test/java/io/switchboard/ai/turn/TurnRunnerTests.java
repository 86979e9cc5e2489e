package io.switchboard.ai.turn;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.switchboard.ai.failure.FailureClass;
import io.switchboard.ai.model.CallLimits;
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
import org.springframework.ai.chat.messages.MessageType;
import org.springframework.ai.chat.messages.UserMessage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class TurnRunnerTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final FixtureContext context = new FixtureContext().onOneThread();

	private final FixtureModel model = new FixtureModel();

	@AfterEach
	void close() {
		this.context.close();
	}

	@Test
	void anAnswerIsStreamedThenCompleted() {
		this.model.says("Hello", ", ", "Ann.");

		Flux<TurnEvent> events = run("", List.of());

		StepVerifier.create(events)
			.expectNext(new TurnStarted("t1"))
			.expectNext(new Token("t1", "Hello"), new Token("t1", ", "), new Token("t1", "Ann."))
			.expectNext(new TurnCompleted("t1", "Hello, Ann.", new Usage(10, 2), 1))
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void theModelGetsInstructionsHistoryAndInputInThisOrder() {
		this.model.says("Hello.");

		run("Be kind.", List.of(new UserMessage("one?"), new AssistantMessage("one!"))).blockLast(PATIENCE);

		assertThat(this.model.messagesOfCall(0)).extracting(Message::getMessageType, Message::getText)
			.containsExactly(tuple(MessageType.SYSTEM, "Be kind."), tuple(MessageType.USER, "one?"),
					tuple(MessageType.ASSISTANT, "one!"), tuple(MessageType.USER, "Hi?"));
	}

	@Test
	void bracesInInstructionsAreText() {
		this.model.says("Hello.");

		run("Answer as {\"text\": \"...\"}.", List.of()).blockLast(PATIENCE);

		assertThat(this.model.messagesOfCall(0)).first()
			.extracting(Message::getText)
			.isEqualTo("Answer as {\"text\": \"...\"}.");
	}

	@Test
	void thoughtsAreNotShown() {
		AssistantMessage thought = AssistantMessage.builder()
			.content("Hm.")
			.properties(Map.of("isThought", true))
			.build();
		AssistantMessage spoken = AssistantMessage.builder()
			.content("Fine.")
			.properties(Map.of("isThought", false))
			.build();
		this.model.answers(Flux.just(FixtureModel.response(thought), FixtureModel.response(spoken)));

		Flux<TurnEvent> events = run("", List.of());

		StepVerifier.create(events)
			.expectNext(new TurnStarted("t1"), new Token("t1", "Fine."))
			.expectNext(new TurnCompleted("t1", "Fine.", new Usage(10, 2), 1))
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void aFailureOfTheProviderEndsTheTurn() {
		this.model.answers(Flux.error(new IOException("refused")));

		List<TurnEvent> events = run("", List.of()).collectList().block(PATIENCE);

		assertThat(events).hasSize(2)
			.last()
			.isInstanceOfSatisfying(TurnFailed.class,
					(failed) -> assertThat(failed.failure()).isEqualTo(FailureClass.NETWORK.id()));
	}

	@Test
	void aFailureInTheMiddleOfAnAnswerEndsTheTurn() {
		this.model.answers(Flux.just(FixtureModel.response(new AssistantMessage("Hel")))
			.concatWith(Flux.error(new IOException("cut"))));

		List<TurnEvent> events = run("", List.of()).collectList().block(PATIENCE);

		assertThat(events).extracting(TurnEvent::type).containsExactly("turn-started", "token", "turn-failed");
	}

	@Test
	void aBugInAModelIsAnError() {
		TestException bug = new TestException("broken advisor");
		this.model.answers(Flux.error(bug));

		StepVerifier.create(run("", List.of()))
			.expectNext(new TurnStarted("t1"))
			.expectNext(new Recovering("t1", "bug", "restart", 1))
			.expectErrorSatisfies((ex) -> assertThat(ex).isSameAs(bug))
			.verify(PATIENCE);
	}

	@Test
	void aBugInTheCheckOfAnswersIsMetAsAnyOther() {
		TestException bug = new TestException("broken check");
		this.model.says("One.").says("Two.");
		TurnRunner runner = TurnRunner.builder(ChatClient.create(this.model), this.model).check((answer) -> {
			throw bug;
		}).build();
		TurnRequest request = new TurnRequest("t1", "Hi?");

		StepVerifier.create(runner.run(request, List.of(), this.context))
			.expectNext(new TurnStarted("t1"), new Token("t1", "One."))
			.expectNext(new Recovering("t1", "bug", "restart", 1))
			.expectErrorSatisfies((ex) -> assertThat(ex).isSameAs(bug))
			.verify(PATIENCE);
		StepVerifier.create(runner.run(request, List.of(), this.context))
			.expectNext(new TurnStarted("t1"), new Recovering("t1", "bug", "restart", 1))
			.expectNext(new Token("t1", "Two."))
			.expectNext(new TurnFailed("t1", "bug", "Something is broken: " + TestException.class.getName()))
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void aBugInAClassifierOfFailuresIsMetAsAnyOther() {
		TestException bug = new TestException("broken classifier");
		this.model.answers(Flux.error(new IOException("refused"))).answers(Flux.error(new IOException("refused")));
		TurnRunner runner = TurnRunner.builder(ChatClient.create(this.model), this.model).failures((ex) -> {
			throw bug;
		}).build();
		TurnRequest request = new TurnRequest("t1", "Hi?");

		StepVerifier.create(runner.run(request, List.of(), this.context))
			.expectNext(new TurnStarted("t1"))
			.expectNext(new Recovering("t1", "bug", "restart", 1))
			.expectErrorSatisfies((ex) -> assertThat(ex).isSameAs(bug))
			.verify(PATIENCE);
		StepVerifier.create(runner.run(request, List.of(), this.context))
			.expectNext(new TurnStarted("t1"), new Recovering("t1", "bug", "restart", 1))
			.expectNextMatches(TurnFailed.class::isInstance)
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void aModelThatSendsNothingFailsTheTurn() {
		this.model.answers(Flux.empty()).answers(Flux.empty()).answers(Flux.empty());

		TurnEvent last = run("", List.of()).blockLast(PATIENCE);

		assertThat(last).isInstanceOfSatisfying(TurnFailed.class,
				(failed) -> assertThat(failed.failure()).isEqualTo(FailureClass.INVALID_OUTPUT.id()));
	}

	@Test
	void eachSubscriptionIsATurnOfItsOwn() {
		this.model.says("One.").says("Two.");
		Flux<TurnEvent> events = run("", List.of());

		assertThat(events.blockLast(PATIENCE)).isEqualTo(new TurnCompleted("t1", "One.", new Usage(10, 2), 1));
		assertThat(events.blockLast(PATIENCE)).isEqualTo(new TurnCompleted("t1", "Two.", new Usage(10, 2), 1));
	}

	@Test
	void aConversationThatCannotBeReadForAMomentIsNoFailure() {
		this.model.says("Fine.");
		ShakyConversation conversation = new ShakyConversation(new AtomicInteger(3), new AtomicInteger());

		StepVerifier.create(runner().run(new TurnRequest("t1", "Hi?"), conversation, this.context))
			.then(this::waitForStore)
			.expectNext(new TurnStarted("t1"), new Token("t1", "Fine."))
			.expectNextMatches(TurnCompleted.class::isInstance)
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void aConversationThatCannotBeKeptForAMomentIsNoFailure() {
		this.model.says("Fine.");
		ShakyConversation conversation = new ShakyConversation(new AtomicInteger(), new AtomicInteger(3));

		StepVerifier.create(runner().run(new TurnRequest("t1", "Hi?"), conversation, this.context))
			.expectNext(new TurnStarted("t1"), new Token("t1", "Fine."))
			.then(this::waitForStore)
			.expectNextMatches(TurnCompleted.class::isInstance)
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void aConversationThatCannotBeReadFailsTheTurnAndNotTheAgent() {
		this.model.says("Fine.");
		TurnRunner runner = runner();
		TurnRequest request = new TurnRequest("t1", "Hi?");
		ShakyConversation away = new ShakyConversation(new AtomicInteger(4), new AtomicInteger());

		StepVerifier.create(runner.run(request, away, this.context))
			.then(this::waitForStore)
			.expectNext(new TurnStarted("t1"))
			.expectNext(new TurnFailed("t1", "conversation-unavailable", "The conversation could not be read or kept"))
			.expectComplete()
			.verify(PATIENCE);

		assertThat(runner.run(request, List.of(new UserMessage("before")), this.context).blockLast(PATIENCE))
			.isInstanceOf(TurnCompleted.class);
		assertThat(this.model.messagesOfCall(0)).extracting(Message::getText).containsExactly("before", "Hi?");
	}

	@Test
	void aConversationThatCannotBeKeptFailsTheTurnAndNotTheAgent() {
		this.model.says("Fine.");
		ShakyConversation away = new ShakyConversation(new AtomicInteger(), new AtomicInteger(4));

		StepVerifier.create(runner().run(new TurnRequest("t1", "Hi?"), away, this.context))
			.expectNext(new TurnStarted("t1"), new Token("t1", "Fine."))
			.then(this::waitForStore)
			.expectNextMatches((event) -> event instanceof TurnFailed failed
					&& failed.failure().equals("conversation-unavailable"))
			.expectComplete()
			.verify(PATIENCE);
	}

	private TurnRunner runner() {
		return TurnRunner.builder(ChatClient.create(this.model), this.model).limits(CallLimits.none()).build();
	}

	/**
	 * Longer than all waits for it, and less than the time of a turn, whose timer is the
	 * other one.
	 */
	private void waitForStore() {
		Flux.interval(Duration.ofMillis(10))
			.filter((tick) -> this.context.scheduler().getScheduledTaskCount() == 2)
			.blockFirst(PATIENCE);
		this.context.scheduler().advanceTimeBy(Duration.ofSeconds(30));
	}

	private Flux<TurnEvent> run(String instructions, List<Message> history) {
		TurnRunner runner = TurnRunner.builder(ChatClient.create(this.model), this.model)
			.instructions(instructions)
			.tools(List.of())
			.recovery(RecoveryPolicy.defaults().with(FailureClass.NETWORK, Ladder.of()))
			.build();
		return runner.run(new TurnRequest("t1", "Hi?"), history, this.context);
	}

	/**
	 * A conversation that fails some times.
	 */
	private static final class ShakyConversation implements TurnConversation {

		private final AtomicInteger reads;

		private final AtomicInteger writes;

		ShakyConversation(AtomicInteger reads, AtomicInteger writes) {
			this.reads = reads;
			this.writes = writes;
		}

		@Override
		public Mono<List<Message>> read() {
			return (this.reads.getAndDecrement() > 0) ? Mono.error(new TestException("away"))
					: Mono.just(List.<Message>of());
		}

		@Override
		public Mono<Void> add(String id, List<Message> turn) {
			return (this.writes.getAndDecrement() > 0) ? Mono.error(new TestException("away")) : Mono.empty();
		}

		@Override
		public Mono<Void> replace(String id, List<Message> history, List<Message> turn) {
			return add(id, turn);
		}

	}

}
