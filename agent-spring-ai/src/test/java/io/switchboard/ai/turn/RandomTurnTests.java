package io.switchboard.ai.turn;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

import io.switchboard.ai.approval.Decision;
import io.switchboard.ai.failure.FailureClass;
import io.switchboard.ai.failure.TurnFailure;
import io.switchboard.ai.recovery.Ladder;
import io.switchboard.ai.recovery.RecoveryPolicy;
import io.switchboard.ai.recovery.RetryDelay;
import io.switchboard.ai.tool.ToolOutcome;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Turns in which anything goes wrong at any time, and lives that end anywhere: every turn
 * ends, the next life finds the place where the last one was, no tool is called twice
 * that may not be, and the model is told what came of each call.
 */
class RandomTurnTests {

	private static final int TURNS = 20_000;

	private static final int MOST_INPUTS = 2000;

	private static final String[] RUNGS = { "retry(2)", "feedback(2)", "compact", "switch-model",
			"options(temperature=0.5)", "restart", "restart-conversation", "ask-human", "summarize" };

	private static final String[] TOOLS = { "again", "once", "again-if-allowed", "once-if-allowed" };

	@Test
	void everyTurnEndsAndNothingIsDoneTwiceThatMayNotBe() {
		for (int seed = 0; seed < TURNS; seed++) {
			new Play(seed).run();
		}
	}

	/**
	 * One turn.
	 */
	private static final class Play {

		private final SplittableRandom random;

		private final int seed;

		private final TurnSettings settings;

		private final List<TurnInput> record = new ArrayList<>();

		private final List<TurnEvent> events = new ArrayList<>();

		private final Map<String, Integer> begun = new HashMap<>();

		private final Set<String> allowed = new HashSet<>();

		/**
		 * Results that the model has to be told with each call from now on.
		 */
		private final Set<String> results = new HashSet<>();

		private TurnMachine machine;

		private int calls;

		private @Nullable TurnEffect effect;

		Play(int seed) {
			this.seed = seed;
			this.random = new SplittableRandom(seed);
			this.settings = new TurnSettings(policy(), new Budget(6, 10_000, Duration.ofMinutes(1)),
					1 + this.random.nextInt(3), (tool) -> tool.startsWith("again"),
					(tool) -> tool.endsWith("if-allowed"));
			this.machine = machine();
		}

		private RecoveryPolicy policy() {
			RecoveryPolicy policy = RecoveryPolicy.defaults()
				.withMaxAttempts(this.random.nextInt(20))
				.withDelay(new RetryDelay(Duration.ofMillis(1), Duration.ofSeconds(1)));
			for (FailureClass failure : FailureClass.values()) {
				if (this.random.nextBoolean()) {
					String[] rungs = new String[this.random.nextInt(4)];
					for (int i = 0; i < rungs.length; i++) {
						rungs[i] = RUNGS[this.random.nextInt(RUNGS.length)];
					}
					policy = policy.with(failure, Ladder.of(rungs));
				}
			}
			return policy;
		}

		private TurnMachine machine() {
			return new TurnMachine(new TurnRequest("t", "why?"), this.settings, () -> 0.5);
		}

		void run() {
			List<Message> history = new ArrayList<>();
			for (int i = this.random.nextInt(6); i > 0; i--) {
				history.add(new UserMessage("u" + i));
				history.add(new AssistantMessage("a" + i));
			}
			feed(new TurnInput.Begun(history, 0, 0));
			while (!(this.effect instanceof TurnEffect.End)) {
				assertThat(this.record.size()).as("inputs of turn %d", this.seed).isLessThan(MOST_INPUTS);
				step();
			}
			check();
		}

		private void feed(TurnInput input) {
			this.record.add(input);
			TurnDecision decision = this.machine.handle(input);
			this.events.addAll(decision.events());
			this.effect = (decision.effect() != null) ? decision.effect() : this.effect;
			if (input instanceof TurnInput.ToolEnded ended && ended.outcome() instanceof ToolOutcome.Result) {
				this.results.add(ended.call());
			}
			decision.events().forEach(this::forget);
			if (decision.effect() instanceof TurnEffect.CallModel call) {
				checkToldOnce(call);
			}
		}

		private void forget(TurnEvent event) {
			if (event instanceof Recovering recovering && recovering.rung().equals("restart-conversation")) {
				this.results.clear();
			}
		}

		/**
		 * A provider takes a conversation only if each call in it has its one result.
		 */
		private void checkToldOnce(TurnEffect.CallModel call) {
			List<String> asked = new ArrayList<>();
			List<String> answered = new ArrayList<>();
			for (Message message : call.messages()) {
				if (message instanceof AssistantMessage assistant) {
					assistant.getToolCalls().forEach((each) -> asked.add(each.id()));
				}
				else if (message instanceof ToolResponseMessage tools) {
					tools.getResponses().forEach((each) -> answered.add(each.id()));
				}
			}
			assertThat(answered).as("turn %d", this.seed)
				.isEqualTo(asked)
				.doesNotHaveDuplicates()
				.containsAll(this.results);
		}

		/**
		 * The life ends, and the next one reads the record: what it was told, or what was
		 * written if the process has ended.
		 */
		private void die() {
			TurnMachine before = this.machine;
			boolean killed = this.random.nextBoolean();
			this.machine = machine();
			this.record.forEach((input) -> this.machine.handle(killed ? written(input) : input));
			assertThat(this.machine.climb()).isEqualTo(before.climb());
			assertThat(this.machine.history()).usingRecursiveComparison().isEqualTo(before.history());
			feed(killed ? new TurnInput.Reopened() : new TurnInput.Resumed());
			if (killed) {
				assertThat(this.machine.climb().attempts()).isEqualTo(before.climb().attempts());
			}
		}

		private static TurnInput written(TurnInput input) {
			return TurnInputJson.read(TurnInputJson.write("t", 1, input, Instant.EPOCH));
		}

		private void step() {
			if (this.effect instanceof TurnEffect.Crash || this.random.nextInt(20) == 0) {
				die();
			}
			else if (this.effect instanceof TurnEffect.CallModel) {
				feed(answer());
			}
			else if (this.effect instanceof TurnEffect.RunTools tools) {
				runTools(tools.calls());
			}
			else if (this.effect instanceof TurnEffect.Await await) {
				decide(await.asked());
			}
			else if (this.effect instanceof TurnEffect.Wait) {
				feed(new TurnInput.Waited());
			}
			else if (this.effect instanceof TurnEffect.Summarize summarize) {
				feed(new TurnInput.Compacted(HistoryCut.summarized(summarize.history(), "all"), new Usage(5, 5),
						BigDecimal.ONE));
			}
			else if (this.effect instanceof TurnEffect.Compact compact) {
				feed(new TurnInput.Compacted(HistoryCut.half(compact.history())));
			}
		}

		private void decide(List<AwaitingApproval> asked) {
			AwaitingApproval about = asked.get(this.random.nextInt(asked.size()));
			assertThat(this.events).as("turn %d", this.seed).contains(about);
			Decision decision = switch (this.random.nextInt(3)) {
				case 0 -> new Decision.Approve();
				case 1 -> new Decision.Edit("{\"edited\":true}");
				default -> new Decision.Reject("no");
			};
			if (!(decision instanceof Decision.Reject)) {
				this.allowed.add(about.call());
			}
			feed(new TurnInput.Decided(about.call(), decision));
		}

		private TurnInput answer() {
			return switch (this.random.nextInt(6)) {
				case 0 -> says("Fine.", null);
				case 1 -> says("", null);
				case 2 -> says("Non.", failure());
				case 3 -> new TurnInput.CallFailed(failure(), this.random.nextBoolean());
				case 4 -> new TurnInput.Broken(TurnFailure.of(FailureClass.BUG));
				default -> callTools();
			};
		}

		private TurnInput says(String text, @Nullable TurnFailure objection) {
			return new TurnInput.Answered(new ModelAnswer(new AssistantMessage(text), Usage.none(), "STOP"), objection);
		}

		private TurnFailure failure() {
			FailureClass[] all = FailureClass.values();
			return TurnFailure.of(all[this.random.nextInt(all.length)]);
		}

		private TurnInput callTools() {
			List<AssistantMessage.ToolCall> asked = new ArrayList<>();
			for (int i = this.random.nextInt(3); i >= 0; i--) {
				asked.add(new AssistantMessage.ToolCall("c" + this.calls++, "function",
						TOOLS[this.random.nextInt(TOOLS.length)], "{}"));
			}
			return new TurnInput.Answered(
					new ModelAnswer(AssistantMessage.builder().content("").toolCalls(asked).build(), Usage.none(), ""),
					null);
		}

		private void runTools(List<AssistantMessage.ToolCall> calls) {
			for (AssistantMessage.ToolCall call : calls) {
				assertThat(!call.name().endsWith("if-allowed") || this.allowed.contains(call.id()))
					.as("turn %d", this.seed)
					.isTrue();
				feed(new TurnInput.ToolStarted(call.id()));
				this.begun.merge(call.name() + " " + call.id(), 1, Integer::sum);
				int outcome = this.random.nextInt(6);
				if (outcome == 0) {
					feed(new TurnInput.Broken(TurnFailure.of(FailureClass.BUG)));
					return;
				}
				if (outcome == 1) {
					die();
					return;
				}
				feed(new TurnInput.ToolEnded(call.id(), (outcome != 2) ? new ToolOutcome.Result("result", null)
						: new ToolOutcome.Failed(failure(), "no result")));
			}
		}

		private void check() {
			assertThat(this.begun).as("turn %d", this.seed)
				.allSatisfy((call, times) -> assertThat(call.startsWith("again") || times == 1).isTrue());
			assertThat(this.events).as("turn %d", this.seed).first().isEqualTo(new TurnStarted("t"));
			assertThat(this.events.stream().filter(TurnEvent::last)).as("turn %d", this.seed).hasSize(1);
			assertThat(this.events.stream().filter(TurnStarted.class::isInstance)).hasSize(1);
			assertThat(this.machine.climb().attempts()).isLessThanOrEqualTo(this.settings.recovery().maxAttempts());
		}

	}

}
