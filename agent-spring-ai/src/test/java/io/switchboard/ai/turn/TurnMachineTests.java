package io.switchboard.ai.turn;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

import io.switchboard.ai.failure.FailureClass;
import io.switchboard.ai.failure.TurnFailure;
import io.switchboard.ai.recovery.Ladder;
import io.switchboard.ai.recovery.RecoveryPolicy;
import io.switchboard.ai.recovery.Rung;
import io.switchboard.ai.tool.ToolOutcome;
import io.switchboard.ai.turn.Spending.Limit;
import io.switchboard.ai.turn.Spending.NearLimit;
import io.switchboard.ai.turn.TurnEffect.CallModel;
import io.switchboard.ai.turn.TurnEffect.Compact;
import io.switchboard.ai.turn.TurnEffect.Crash;
import io.switchboard.ai.turn.TurnEffect.End;
import io.switchboard.ai.turn.TurnEffect.RunTools;
import io.switchboard.ai.turn.TurnEffect.Wait;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.UserMessage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rules of a turn, one by one.
 */
class TurnMachineTests {

	private static final Budget BUDGET = new Budget(3, 100, Duration.ofMinutes(1));

	private static final List<Message> HISTORY = List.of(new UserMessage("hi"), new AssistantMessage("hello"));

	private RecoveryPolicy policy = RecoveryPolicy.defaults();

	private int models = 1;

	private Budget budget = BUDGET;

	private Predicate<String> approval = (tool) -> false;

	@Test
	void beginsWithACallOfTheModel() {
		TurnDecision decision = machine().handle(new TurnInput.Begun(HISTORY, 0, 0));

		assertThat(decision.events()).containsExactly(new TurnStarted("t"));
		assertThat(decision.effect()).isInstanceOfSatisfying(CallModel.class, (call) -> {
			assertThat(call.model()).isZero();
			assertThat(texts(call)).containsExactly("hi", "hello", "why?");
		});
	}

	@Test
	void textEndsTheTurn() {
		TurnDecision decision = begun().handle(says("Fine."));

		assertThat(decision.events()).containsExactly(new TurnCompleted("t", "Fine.", Usage.none(), 1));
		assertThat(decision.effect()).isEqualTo(new End(null));
	}

	@Test
	void anAnswerCountsEvenIfItSpentTheBudget() {
		this.budget = new Budget(1, 1, Duration.ofSeconds(1));

		assertThat(begun().handle(answered(message("Fine."), new Usage(500, 500), "STOP")).effect())
			.isEqualTo(new End(null));
	}

	@Test
	void thoughtsAreNoAnswer() {
		AssistantMessage message = AssistantMessage.builder()
			.content("Hm. Fine.")
			.properties(Map.of("outputWithoutThoughts", "Fine."))
			.build();

		assertThat(begun().handle(answered(message, Usage.none(), "STOP")).events())
			.containsExactly(new TurnCompleted("t", "Fine.", Usage.none(), 1));
	}

	@Test
	void toolsRunAndTheModelIsToldInItsOwnOrder() {
		TurnMachine machine = begun();
		TurnDecision calls = machine.handle(calls("a", "b"));
		assertThat(calls.effect()).isInstanceOfSatisfying(RunTools.class,
				(tools) -> assertThat(tools.calls()).extracting(AssistantMessage.ToolCall::id)
					.containsExactly("a", "b"));

		machine.handle(new TurnInput.ToolStarted("a"));
		machine.handle(new TurnInput.ToolStarted("b"));
		TurnDecision first = machine.handle(ended("b", "B"));
		TurnDecision second = machine.handle(ended("a", "A"));

		assertThat(first).isEqualTo(TurnDecision.tell(new ToolResult("t", "b", "look", "B")));
		assertThat(second.effect()).isInstanceOfSatisfying(CallModel.class,
				(call) -> assertThat(call.messages()).last()
					.extracting(Object::toString)
					.asString()
					.containsSubsequence("a", "A", "b", "B"));
	}

	@Test
	void theModelIsNotToldWhatWasWrongWhenNoStepIsLeft() {
		this.budget = new Budget(1, 100, Duration.ofSeconds(1));

		assertGivenUp(begun().handle(says("")), FailureClass.BUDGET_SPENT, "1 model calls");
	}

	@Test
	void aSummaryIsPaidFromTheBudget() {
		TurnMachine machine = begun();
		machine.handle(failed(FailureClass.CONTEXT_OVERFLOW, false));

		assertGivenUp(machine.handle(new TurnInput.Compacted(List.of(), new Usage(60, 40), BigDecimal.ZERO)),
				FailureClass.BUDGET_SPENT, "100 tokens");
	}

	@Test
	void toolsDoNotRunWhenNoStepIsLeftToReadThem() {
		this.budget = new Budget(1, 100, Duration.ofSeconds(1));

		assertGivenUp(begun().handle(calls("a")), FailureClass.BUDGET_SPENT, "1 model calls");
	}

	@Test
	void toolsDoNotRunWhenTheTokensAreSpent() {
		assertGivenUp(begun().handle(answered(calling("a"), new Usage(60, 40), "TOOL_CALLS")),
				FailureClass.BUDGET_SPENT, "100 tokens, and the limit is 100");
	}

	@ParameterizedTest
	@ValueSource(strings = { "CONTENT_FILTER", "content_filter", "refusal", "SAFETY" })
	void aFilteredAnswerIsARefusal(String finishReason) {
		assertGivenUp(begun().handle(answered(message("I would"), Usage.none(), finishReason)), FailureClass.REFUSED,
				finishReason);
	}

	@Test
	void aRefusalBesideTheTextIsARefusal() {
		AssistantMessage message = AssistantMessage.builder()
			.content("")
			.properties(Map.of("refusal", "I cannot help with that."))
			.build();

		assertGivenUp(begun().handle(answered(message, Usage.none(), "STOP")), FailureClass.REFUSED, "declined");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "  \n" })
	void anEmptyAnswerIsTriedAgainWithFeedback(String text) {
		TurnDecision decision = begun().handle(says(text));

		assertThat(decision.events()).containsExactly(new Recovering("t", "invalid-output", "feedback", 1));
		assertThat(decision.effect()).isInstanceOfSatisfying(CallModel.class,
				(call) -> assertThat(texts(call)).hasSize(4).last().asString().contains("cannot be used"));
	}

	@Test
	void anObjectionIsToldToTheModelWithItsAnswer() {
		TurnFailure objection = TurnFailure.of(FailureClass.WRONG_LANGUAGE, "Answer in German");

		TurnDecision decision = begun()
			.handle(new TurnInput.Answered(new ModelAnswer(message("Oui."), Usage.none(), "STOP"), objection));

		assertThat(decision.effect()).isInstanceOfSatisfying(CallModel.class,
				(call) -> assertThat(texts(call)).endsWith("Oui.", "Your last answer cannot be used: Answer in German. "
						+ "Answer the question again, without mentioning this."));
	}

	@Test
	void theSameCallWithTheSameResultIsALoop() {
		this.budget = new Budget(100, 100, Duration.ofMinutes(1));
		TurnMachine machine = begun();
		for (int i = 0; i < Repetitions.MOST; i++) {
			machine.handle(calls("c" + i));
			machine.handle(ended("c" + i, "the same"));
		}

		TurnDecision decision = machine.handle(calls("last"));

		assertThat(decision.events()).containsExactly(new Recovering("t", "loop", "feedback", 1));
		assertThat(decision.effect()).isInstanceOfSatisfying(CallModel.class,
				(call) -> assertThat(call.messages()).last().asString().contains("not called"));
	}

	@Test
	void theSameCallWithAnotherResultIsNone() {
		this.budget = new Budget(100, 100, Duration.ofMinutes(1));
		TurnMachine machine = begun();
		for (int i = 0; i < 10; i++) {
			assertThat(machine.handle(calls("c" + i)).effect()).isInstanceOf(RunTools.class);
			machine.handle(ended("c" + i, "result " + i));
		}
	}

	@ParameterizedTest
	@EnumSource(value = FailureClass.class,
			names = { "RATE_LIMITED", "OVERLOADED", "NETWORK", "FIRST_TOKEN_TIMEOUT", "PROVIDER_ERROR" })
	void aFailureOfTheProviderIsRetriedBeforeTheFirstToken(FailureClass failure) {
		TurnMachine machine = begun();
		TurnDecision decision = machine.handle(failed(failure, false));

		assertThat(decision.events()).containsExactly(new Recovering("t", failure.id(), "retry", 1));
		assertThat(decision.effect()).isEqualTo(new Wait(Duration.ofSeconds(1)));
		assertThat(machine.handle(new TurnInput.Waited()).effect()).isInstanceOf(CallModel.class);
	}

	@Test
	void theNextLifeWaitsAsLongAsTheProviderHasAskedFor() {
		TurnMachine machine = begun();
		TurnDecision wait = machine.handle(new TurnInput.CallFailed(
				new TurnFailure(FailureClass.RATE_LIMITED, "", Duration.ofSeconds(30)), false));
		assertThat(wait.effect()).isEqualTo(new Wait(Duration.ofSeconds(30)));

		TurnDecision next = machine.handle(new TurnInput.Resumed());

		assertThat(next.events()).containsExactly(new Recovering("t", "bug", "restart", 2));
		assertThat(next.effect()).isEqualTo(wait.effect());
		assertThat(machine.handle(new TurnInput.Waited()).effect()).isInstanceOf(CallModel.class);
	}

	@Test
	void itIsNotRetriedOnceTheClientHasSeenText() {
		assertGivenUp(begun().handle(failed(FailureClass.NETWORK, true)), FailureClass.NETWORK, "");
	}

	@Test
	void theNextModelIsCalledWhereThereIsOne() {
		this.models = 3;
		TurnMachine machine = begun();

		assertThat(model(machine.handle(failed(FailureClass.STALLED, true)))).isEqualTo(1);
		assertThat(model(machine.handle(failed(FailureClass.STALLED, true)))).isEqualTo(2);
		assertGivenUp(machine.handle(failed(FailureClass.STALLED, true)), FailureClass.STALLED, "");
	}

	@Test
	void aHistoryThatIsTooLongIsShortened() {
		TurnMachine machine = begun();

		TurnDecision decision = machine.handle(failed(FailureClass.CONTEXT_OVERFLOW, false));
		assertThat(decision.effect()).isEqualTo(new Compact(HISTORY, 1));
		TurnDecision call = machine.handle(new TurnInput.Compacted(List.of()));

		assertThat(texts((CallModel) Objects.requireNonNull(call.effect()))).containsExactly("why?");
		assertThat(machine.isHistoryChanged()).isTrue();
		assertGivenUp(machine.handle(failed(FailureClass.CONTEXT_OVERFLOW, false)), FailureClass.CONTEXT_OVERFLOW, "");
	}

	@Test
	void otherOptionsStay() {
		this.policy = this.policy.with(FailureClass.INVALID_OUTPUT, Ladder.of("options(temperature=0.1)", "feedback"));
		TurnMachine machine = begun();

		CallModel changed = (CallModel) Objects.requireNonNull(machine.handle(says("")).effect());
		CallModel next = (CallModel) Objects.requireNonNull(machine.handle(says("")).effect());

		assertThat(changed.options()).isEqualTo(new Rung.ChangeOptions(0.1, null));
		assertThat(next.options()).isEqualTo(changed.options());
	}

	@Test
	void theConversationBeginsAnew() {
		this.policy = this.policy.with(FailureClass.INVALID_OUTPUT, Ladder.of("feedback", "restart-conversation"));
		TurnMachine machine = begun();
		machine.handle(says(""));

		TurnDecision decision = machine.handle(says(""));

		assertThat(texts((CallModel) Objects.requireNonNull(decision.effect()))).containsExactly("why?");
		assertThat(machine.history()).isEmpty();
		assertThat(machine.isHistoryChanged()).isTrue();
	}

	@Test
	void aFailureOfAToolIsToldToTheModel() {
		TurnMachine machine = begun();
		machine.handle(calls("a"));

		TurnDecision decision = machine
			.handle(failed("a", "no such order", TurnFailure.of(FailureClass.TOOL_FAILED, "Tool 'look' failed")));

		assertThat(decision.events()).containsExactly(new ToolResult("t", "a", "look", "no such order"),
				new Recovering("t", "tool-failed", "feedback", 1));
		assertThat(decision.effect()).isInstanceOf(CallModel.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "compact", "summarize" })
	void aShorterHistoryLosesNoCallOfATool(String rung) {
		this.policy = this.policy.with(FailureClass.TOOL_FAILED, Ladder.of(rung));
		TurnMachine machine = begun();
		machine.handle(calls("cancel", "look"));
		machine.handle(ended("cancel", "cancelled"));
		machine.handle(failed("look", "not found", TurnFailure.of(FailureClass.TOOL_FAILED)));

		TurnDecision decision = machine.handle(new TurnInput.Compacted(List.of()));

		assertThat(decision.effect()).isInstanceOfSatisfying(CallModel.class,
				(call) -> assertThat(call.messages()).hasSize(3)
					.last()
					.asString()
					.containsSubsequence("cancel", "cancelled", "look", "not found"));
		assertThat(machine.handle(failed(FailureClass.NETWORK, true)).effect()).isInstanceOf(End.class);
	}

	@Test
	void aSummaryMayBringALimitNear() {
		TurnMachine machine = begun();
		machine.handle(failed(FailureClass.CONTEXT_OVERFLOW, false));

		machine.handle(new TurnInput.Compacted(List.of(), new Usage(60, 30), BigDecimal.ZERO));

		assertThat(machine.takeNear()).containsExactly(new NearLimit(Limit.TOKENS, 0.9));
	}

	@Test
	void aSummaryBetweenToolsAndTheModelIsPaidFromTheBudget() {
		this.policy = this.policy.with(FailureClass.TOOL_FAILED, Ladder.of("summarize"));
		TurnMachine machine = begun();
		machine.handle(calls("look"));
		machine.handle(failed("look", "not found", TurnFailure.of(FailureClass.TOOL_FAILED)));

		assertGivenUp(machine.handle(new TurnInput.Compacted(List.of(), new Usage(60, 40), BigDecimal.ZERO)),
				FailureClass.BUDGET_SPENT, "100 tokens");
	}

	@Test
	void onlyToolsThatMayBeRepeatedAreRetried() {
		this.policy = this.policy.with(FailureClass.TOOL_TIMEOUT, Ladder.of("retry", "feedback"));
		TurnFailure timeout = TurnFailure.of(FailureClass.TOOL_TIMEOUT);
		TurnMachine machine = begun();
		machine.handle(calls("a", "again-b"));
		machine.handle(ended("a", "A"));

		TurnDecision decision = machine.handle(failed("again-b", "late", timeout));
		assertThat(decision.effect()).isInstanceOf(Wait.class);
		assertThat(machine.handle(new TurnInput.Waited()).effect()).isInstanceOfSatisfying(RunTools.class,
				(tools) -> assertThat(tools.calls()).extracting(AssistantMessage.ToolCall::id)
					.containsExactly("again-b"));
		assertThat(machine.handle(failed("again-b", "late", timeout)).effect()).isInstanceOf(CallModel.class);

		TurnMachine other = begun();
		other.handle(calls("c"));
		assertThat(other.handle(failed("c", "late", timeout)).effect()).isInstanceOf(CallModel.class);
	}

	@Test
	void aBugCrashesTheAgentOnceAndTheNextLifeGoesOn() {
		TurnMachine machine = begun();
		machine.handle(calls("again-a"));
		machine.handle(new TurnInput.ToolStarted("again-a"));
		TurnFailure bug = TurnFailure.of(FailureClass.BUG);

		TurnDecision crash = machine.handle(new TurnInput.Broken(bug));
		assertThat(crash.events()).containsExactly(new Recovering("t", "bug", "restart", 1));
		assertThat(crash.effect()).isEqualTo(new Crash(bug));
		TurnDecision next = machine.handle(new TurnInput.Resumed());
		assertThat(next.events()).isEmpty();
		assertThat(next.effect()).isInstanceOf(RunTools.class);

		assertGivenUp(machine.handle(new TurnInput.Broken(bug)), FailureClass.BUG, "");
	}

	@Test
	void aCallThatWasCutOffIsNotRepeatedUnlessThatDoesNoHarm() {
		TurnMachine machine = begun();
		machine.handle(calls("a", "b"));
		machine.handle(new TurnInput.ToolStarted("a"));

		TurnDecision decision = machine.handle(new TurnInput.Resumed());

		assertThat(decision.events()).hasSize(2).first().isEqualTo(new Recovering("t", "bug", "restart", 1));
		assertThat(decision.events()).last().isInstanceOfSatisfying(ToolResult.class, (result) -> {
			assertThat(result.call()).isEqualTo("a");
			assertThat(result.result()).contains("cut off", "not repeated");
		});
		assertThat(decision.effect()).isInstanceOfSatisfying(RunTools.class,
				(tools) -> assertThat(tools.calls()).extracting(AssistantMessage.ToolCall::id).containsExactly("b"));
	}

	@Test
	void aTurnThatIsCutOffAgainAndAgainIsGivenUp() {
		this.policy = this.policy.withMaxAttempts(2);
		TurnMachine machine = begun();
		assertThat(machine.handle(new TurnInput.Resumed()).effect()).isInstanceOf(CallModel.class);
		assertThat(machine.handle(new TurnInput.Resumed()).effect()).isInstanceOf(CallModel.class);

		assertGivenUp(machine.handle(new TurnInput.Resumed()), FailureClass.BUG, "after 2 other recoveries");
	}

	@Test
	void anEndThatWasCutOffIsToldAgain() {
		TurnMachine machine = begun();
		TurnDecision completed = machine.handle(says("Fine."));

		assertThat(machine.handle(new TurnInput.Resumed())).isEqualTo(completed);
	}

	private TurnMachine machine() {
		return new TurnMachine(new TurnRequest("t", "why?"),
				new TurnSettings(this.policy, this.budget, this.models, Set.of("again")::contains, this.approval),
				() -> 0);
	}

	private TurnMachine begun() {
		TurnMachine machine = machine();
		machine.handle(new TurnInput.Begun(HISTORY, 0, 0));
		return machine;
	}

	private static void assertGivenUp(TurnDecision decision, FailureClass failure, String detail) {
		assertThat(decision.events()).last().isInstanceOfSatisfying(TurnFailed.class, (failed) -> {
			assertThat(failed.failure()).isEqualTo(failure.id());
			assertThat(failed.detail()).contains(detail);
		});
		assertThat(decision.effect()).isInstanceOfSatisfying(End.class,
				(end) -> assertThat(Objects.requireNonNull(end.failure()).failure()).isEqualTo(failure));
	}

	private static int model(TurnDecision decision) {
		return ((CallModel) Objects.requireNonNull(decision.effect())).model();
	}

	private static List<@Nullable String> texts(CallModel call) {
		return call.messages().stream().map(Message::getText).toList();
	}

	private static TurnInput failed(FailureClass failure, boolean shown) {
		return new TurnInput.CallFailed(TurnFailure.of(failure), shown);
	}

	private static TurnInput says(String text) {
		return answered(message(text), Usage.none(), "STOP");
	}

	private static AssistantMessage message(String text) {
		return new AssistantMessage(text);
	}

	private static TurnInput calls(String... ids) {
		return answered(calling(ids), Usage.none(), "TOOL_CALLS");
	}

	private static TurnInput ended(String call, String result) {
		return new TurnInput.ToolEnded(call, new ToolOutcome.Result(result, null));
	}

	private static TurnInput failed(String call, String told, TurnFailure failure) {
		return new TurnInput.ToolEnded(call, new ToolOutcome.Failed(failure, told));
	}

	private static AssistantMessage calling(String... ids) {
		return AssistantMessage.builder()
			.content("")
			.toolCalls(List.of(ids)
				.stream()
				.map((id) -> new AssistantMessage.ToolCall(id, "function", id.startsWith("again") ? "again" : "look",
						"{}"))
				.toList())
			.build();
	}

	private static TurnInput answered(AssistantMessage message, Usage usage, String finishReason) {
		return new TurnInput.Answered(new ModelAnswer(message, usage, finishReason), null);
	}

}
