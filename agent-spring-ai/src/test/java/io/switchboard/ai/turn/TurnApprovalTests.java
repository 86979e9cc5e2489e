package io.switchboard.ai.turn;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

import io.switchboard.ai.approval.Approvals;
import io.switchboard.ai.approval.Decision;
import io.switchboard.ai.failure.FailureClass;
import io.switchboard.ai.failure.TurnFailure;
import io.switchboard.ai.failure.TurnFailureException;
import io.switchboard.ai.recovery.Ladder;
import io.switchboard.ai.recovery.RecoveryPolicy;
import io.switchboard.ai.tool.CallMeter;
import io.switchboard.ai.tool.ToolMethods;
import io.switchboard.ai.tool.ToolPolicy;
import io.switchboard.ai.tool.ToolReply;
import io.switchboard.ai.tool.WaitingFor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.annotation.Tool;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Turns that ask people.
 */
class TurnApprovalTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final String ARGUMENTS = "{\"order\":1}";

	private final FixtureContext context = new FixtureContext();

	private final FixtureModel model = new FixtureModel();

	private final Approvals approvals = new Approvals();

	private final FixtureTool refund = new FixtureTool("refund", () -> "refunded");

	private final FixtureTool lookup = new FixtureTool("lookup", () -> "shipped");

	private final TurnQuota quota = TurnQuota.of("desk", 1);

	private TurnRunner runner = runner(RecoveryPolicy.defaults());

	@AfterEach
	void close() {
		this.context.close();
	}

	@Test
	void aToolThatNeedsApprovalIsCalledOnceAPersonHasApproved() {
		asksForRefund().says("Done.");

		StepVerifier.create(run()).expectNext(new TurnStarted("t1"), asked("c1", ARGUMENTS)).then(() -> {
			assertThat(this.refund.inputs()).isEmpty();
			assertThat(this.approvals.waiting(this.context.path())).singleElement()
				.satisfies((request) -> assertThat(request.tool()).isEqualTo("refund"));
			decide("c1", new Decision.Approve());
		})
			.expectNext(new ToolCall("t1", "c1", "refund", ARGUMENTS))
			.expectNext(new ToolResult("t1", "c1", "refund", "refunded"))
			.expectNext(new Token("t1", "Done."))
			.expectNextMatches(TurnCompleted.class::isInstance)
			.expectComplete()
			.verify(PATIENCE);
		assertThat(this.approvals.waiting()).isEmpty();
	}

	@Test
	void theModelIsToldWithWhichArgumentsThePersonHadTheToolCalled() {
		asksForRefund().says("Done.");

		StepVerifier.create(run())
			.expectNextCount(2)
			.then(() -> decide("c1", new Decision.Edit("{\"order\":2}")))
			.expectNext(new ToolCall("t1", "c1", "refund", "{\"order\":2}"))
			.expectNextCount(3)
			.expectComplete()
			.verify(PATIENCE);
		assertThat(this.refund.inputs()).containsExactly("{\"order\":2}");
		assertThat(this.model.messagesOfCall(1)).filteredOn(AssistantMessage.class::isInstance)
			.singleElement()
			.satisfies((message) -> assertThat(((AssistantMessage) message).getToolCalls()).singleElement()
				.satisfies((call) -> assertThat(call.arguments()).isEqualTo("{\"order\":2}")));
	}

	@Test
	void aCallThatThePersonDeclinesIsNotMadeAndTheModelIsToldWhy() {
		asksForRefund().says("Sorry.");

		StepVerifier.create(run())
			.expectNextCount(2)
			.then(() -> decide("c1", new Decision.Reject("The order is too old")))
			.expectNextMatches((event) -> event instanceof ToolResult result && result.call().equals("c1")
					&& result.result().contains("The order is too old"))
			.expectNextCount(2)
			.expectComplete()
			.verify(PATIENCE);
		assertThat(this.refund.inputs()).isEmpty();
		assertThat(told()).singleElement().asString().contains("declined", "The order is too old");
	}

	@Test
	void aToolCanSayItselfThatItNeedsApproval() {
		this.model.calls(FixtureModel.call("c1", "erase", "{}")).says("Sorry.");
		this.runner = TurnRunner.builder(ChatClient.create(this.model), this.model)
			.tools(ToolMethods.of(new Eraser()))
			.approvals(this.approvals)
			.build();

		StepVerifier.create(run())
			.expectNext(new TurnStarted("t1"), new AwaitingApproval("t1", "c1", "erase", "{}", null))
			.then(() -> decide("c1", new Decision.Reject("")))
			.expectNextCount(2)
			.expectNextMatches(TurnCompleted.class::isInstance)
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void callsThatNeedNoApprovalDoNotWaitForIt() {
		this.model
			.calls(FixtureModel.call("c1", "refund", ARGUMENTS), FixtureModel.call("c2", "lookup", "{}"),
					FixtureModel.call("c3", "refund", "{}"))
			.says("Done.");

		StepVerifier.create(run())
			.expectNext(new TurnStarted("t1"), asked("c1", ARGUMENTS), asked("c3", "{}"))
			.expectNext(new ToolCall("t1", "c2", "lookup", "{}"))
			.expectNext(new ToolResult("t1", "c2", "lookup", "shipped"))
			.then(() -> decide("c3", new Decision.Approve()))
			.expectNext(new ToolCall("t1", "c3", "refund", "{}"))
			.expectNext(new ToolResult("t1", "c3", "refund", "refunded"))
			.then(() -> decide("c1", new Decision.Reject("")))
			.expectNextMatches(ToolResult.class::isInstance)
			.expectNextCount(2)
			.expectComplete()
			.verify(PATIENCE);
		assertThat(told()).hasSize(3);
		assertThat(told().get(1)).isEqualTo("shipped");
	}

	@Test
	void whatIsDecidedWhileAnotherToolRunsIsNotLost() {
		CountDownLatch decided = new CountDownLatch(1);
		FixtureTool slow = new FixtureTool("lookup", () -> {
			decided.await();
			return "shipped";
		});
		this.model.calls(FixtureModel.call("c1", "refund", ARGUMENTS), FixtureModel.call("c2", "lookup", "{}"))
			.says("Done.");
		this.runner = runner(RecoveryPolicy.defaults(), slow);

		StepVerifier.create(run()).expectNextCount(3).then(() -> {
			decide("c1", new Decision.Approve());
			decided.countDown();
		})
			.expectNext(new ToolResult("t1", "c2", "lookup", "shipped"))
			.expectNext(new ToolCall("t1", "c1", "refund", ARGUMENTS))
			.expectNextCount(3)
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void neitherTheTimeNorThePlaceOfATurnCountsWhileItWaits() {
		this.context.onOneThread();
		asksForRefund().says("Done.");

		StepVerifier.create(run()).expectNextCount(2).then(() -> {
			assertThat(this.quota.running()).isZero();
			this.context.scheduler().advanceTimeBy(Duration.ofDays(3));
			decide("c1", new Decision.Approve());
		})
			.expectNextMatches(ToolCall.class::isInstance)
			.expectNextMatches(ToolResult.class::isInstance)
			.expectNextCount(1)
			.expectNextMatches(TurnCompleted.class::isInstance)
			.expectComplete()
			.verify(PATIENCE);
		assertThat(this.quota.running()).isZero();
		assertThat(this.context.nearLimits).isEmpty();
	}

	@Test
	void theTimeOfATurnStandsStillUntilTheLastDecision() {
		this.context.onOneThread();
		this.model.calls(FixtureModel.call("c1", "refund", ARGUMENTS), FixtureModel.call("c2", "refund", "{}"))
			.says("Sorry.");

		StepVerifier.create(run()).expectNextCount(3).then(() -> {
			this.context.scheduler().advanceTimeBy(Duration.ofDays(3));
			decide("c1", new Decision.Reject(""));
		}).expectNextMatches(ToolResult.class::isInstance).then(() -> {
			this.context.scheduler().advanceTimeBy(Duration.ofDays(3));
			decide("c2", new Decision.Reject(""));
		})
			.expectNextMatches(ToolResult.class::isInstance)
			.expectNextCount(1)
			.expectNextMatches(TurnCompleted.class::isInstance)
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void theNextLifeWaitsWhereTheLastOneDid() {
		asksForRefund().says("Done.");
		runUntilAsked();

		StepVerifier.create(run())
			.expectNext(new TurnStarted("t1"), asked("c1", ARGUMENTS))
			.then(() -> decide("c1", new Decision.Approve()))
			.expectNext(new ToolCall("t1", "c1", "refund", ARGUMENTS))
			.expectNextCount(3)
			.expectComplete()
			.verify(PATIENCE);
		assertThat(this.quota.running()).isZero();
	}

	@Test
	void whatIsDecidedBetweenTwoLivesIsNotLost() {
		asksForRefund().says("Done.");
		runUntilAsked();
		decide("c1", new Decision.Approve());

		StepVerifier.create(run())
			.expectNext(new TurnStarted("t1"), asked("c1", ARGUMENTS), new ToolCall("t1", "c1", "refund", ARGUMENTS))
			.expectNextCount(3)
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void aTurnThatIsCancelledAsksNothingAnyMore() {
		asksForRefund();
		this.context.cancelled = true;

		runUntilAsked();

		assertThat(this.approvals.waiting()).isEmpty();
	}

	@Test
	void whatAForgottenPartOfTheTurnAskedIsVoid() {
		CountDownLatch decided = new CountDownLatch(1);
		FixtureTool broken = new FixtureTool("lookup", () -> {
			decided.await();
			throw new TestException("bug");
		});
		this.runner = runner(RecoveryPolicy.defaults().with(FailureClass.BUG, Ladder.of("restart-conversation")),
				broken);
		this.model.calls(FixtureModel.call("c1", "refund", ARGUMENTS), FixtureModel.call("c2", "lookup", "{}"))
			.calls(FixtureModel.call("c1", "refund", "{}"))
			.says("Sorry.");

		StepVerifier
			.create(this.runner.run(new TurnRequest("t1", "Hi?"), List.of(new UserMessage("Hello.")), this.context))
			.expectNext(new TurnStarted("t1"), asked("c1", ARGUMENTS))
			.expectNextMatches(ToolCall.class::isInstance)
			.then(() -> {
				decide("c1", new Decision.Approve());
				decided.countDown();
			})
			.expectNextMatches(Recovering.class::isInstance)
			.expectNext(asked("call-2-1", "{}"))
			.then(() -> decide("call-2-1", new Decision.Reject("")))
			.expectNextMatches(ToolResult.class::isInstance)
			.expectNextCount(1)
			.expectNextMatches(TurnCompleted.class::isInstance)
			.expectComplete()
			.verify(PATIENCE);
		assertThat(this.refund.inputs()).isEmpty();
	}

	@Test
	void theClientMayLeaveWhileTheTurnWaits() {
		asksForRefund();

		runUntilAsked();

		assertThat(this.quota.running()).isZero();
	}

	@Test
	void theNextTurnMakesWhatWasAskedVoid() {
		asksForRefund().says("Fine.");
		runUntilAsked();

		this.runner.run(new TurnRequest("t2", "Hi?"), List.of(), this.context).blockLast(PATIENCE);

		assertThat(this.approvals.waiting()).isEmpty();
	}

	@Test
	void aPersonMayLetATurnTryAgainThatHasFailed() {
		this.runner = runner(asking(FailureClass.REFUSED));
		this.model.answers(failing(FailureClass.REFUSED)).says("Fine.");

		StepVerifier.create(run())
			.expectNext(new TurnStarted("t1"), new Recovering("t1", "refused", "ask-human", 1))
			.expectNext(new AwaitingApproval("t1", "failure-1", null, null, "refused"))
			.then(() -> decide("failure-1", new Decision.Approve()))
			.expectNext(new Token("t1", "Fine."))
			.expectNextMatches(TurnCompleted.class::isInstance)
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void aPersonMayTellTheModelHowToTryAgain() {
		this.runner = runner(asking(FailureClass.REFUSED));
		this.model.answers(failing(FailureClass.REFUSED)).says("Fine.");

		StepVerifier.create(run())
			.expectNextCount(3)
			.then(() -> decide("failure-1", new Decision.Edit("The customer is an employee.")))
			.expectNextCount(2)
			.expectComplete()
			.verify(PATIENCE);
		assertThat(this.model.messagesOfCall(1)).extracting(Message::getText)
			.containsExactly("Hi?", "The customer is an employee.");
	}

	@Test
	void aPersonMayEndATurnThatHasFailed() {
		this.runner = runner(asking(FailureClass.REFUSED));
		this.model.answers(failing(FailureClass.REFUSED));

		StepVerifier.create(run())
			.expectNextCount(3)
			.then(() -> decide("failure-1", new Decision.Reject("")))
			.expectNextMatches((event) -> event instanceof TurnFailed failed && failed.failure().equals("refused"))
			.expectComplete()
			.verify(PATIENCE);
		assertThat(this.approvals.waiting()).isEmpty();
	}

	/**
	 * An agent that was asked and waits for a person is stopped for good: whoever asked
	 * it hears that before the wait is over.
	 */
	@Test
	void whatACallWaitedForDoesNotEndWhatTheTurnWaitsForAfterIt() {
		this.context.onOneThread();
		Sinks.One<ToolReply> asked = Sinks.one();
		ToolCallback expert = new FixtureReactiveTool("lookup", Mono.deferContextual((view) -> {
			Objects.requireNonNull(CallMeter.of(view)).waits(WaitingFor.PERSON, 0);
			return asked.asMono();
		}));
		this.runner = runner(asking(FailureClass.BUG), expert);
		this.model.calls(FixtureModel.call("c1", "lookup", "{}")).says("Fine.");

		StepVerifier.create(run())
			.expectNext(new TurnStarted("t1"), new ToolCall("t1", "c1", "lookup", "{}"))
			.then(() -> this.context.scheduler().advanceTimeBy(Duration.ofDays(3)))
			.then(() -> asked.tryEmitError(new TestException("stopped")))
			.expectNextMatches(Recovering.class::isInstance)
			.expectNextMatches(AwaitingApproval.class::isInstance)
			.then(() -> assertThat(this.quota.running()).isZero())
			.then(() -> this.context.scheduler().advanceTimeBy(Duration.ofDays(3)))
			.then(() -> decide("failure-1", new Decision.Reject("")))
			.expectNextMatches((event) -> event instanceof TurnFailed failed && failed.failure().equals("bug"))
			.expectComplete()
			.verify(PATIENCE);
		assertThat(this.quota.running()).isZero();
	}

	private FixtureModel asksForRefund() {
		return this.model.calls(FixtureModel.call("c1", "refund", ARGUMENTS));
	}

	private static Flux<ChatResponse> failing(FailureClass failure) {
		return Flux.error(new TurnFailureException(TurnFailure.of(failure)));
	}

	private static RecoveryPolicy asking(FailureClass failure) {
		return RecoveryPolicy.defaults().with(failure, Ladder.of("ask-human"));
	}

	private static AwaitingApproval asked(String call, String arguments) {
		return new AwaitingApproval("t1", call, "refund", arguments, null);
	}

	private void decide(String call, Decision decision) {
		this.approvals.decide(this.context.path(), "t1", call, decision);
	}

	private TurnRunner runner(RecoveryPolicy recovery) {
		return runner(recovery, this.lookup);
	}

	private TurnRunner runner(RecoveryPolicy recovery, ToolCallback other) {
		return TurnRunner.builder(ChatClient.create(this.model), this.model)
			.tools(List.of(this.refund, other))
			.budget(new Budget(10, 1000, Duration.ofMinutes(1)))
			.quotas(List.of(this.quota))
			.recovery(recovery)
			.approvals(this.approvals)
			.approvalFor(Set.of("refund"))
			.build();
	}

	private Flux<TurnEvent> run() {
		return Flux.defer(() -> this.runner.run(new TurnRequest("t1", "Hi?"), List.of(), this.context));
	}

	private void runUntilAsked() {
		run().doOnNext(
				(event) -> assertThat(this.approvals.waiting()).hasSize((event instanceof AwaitingApproval) ? 1 : 0))
			.takeUntil(AwaitingApproval.class::isInstance)
			.blockLast(PATIENCE);
	}

	private List<String> told() {
		return this.model.messagesOfCall(1)
			.stream()
			.filter(ToolResponseMessage.class::isInstance)
			.flatMap((message) -> ((ToolResponseMessage) message).getResponses().stream())
			.map(ToolResponseMessage.ToolResponse::responseData)
			.map(Objects::requireNonNull)
			.toList();
	}

	static final class Eraser {

		@Tool
		@ToolPolicy(needsApproval = true)
		String erase() {
			throw new AssertionError("nobody has approved this");
		}

	}

}
