package io.switchboard.ai;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.switchboard.AgentExitedException;
import io.switchboard.AgentPath;
import io.switchboard.AgentRef;
import io.switchboard.Behaviour;
import io.switchboard.MessageRejectedException;
import io.switchboard.ai.fanout.FanOut;
import io.switchboard.ai.fanout.FanOutCall;
import io.switchboard.ai.fanout.FanOutFailedException;
import io.switchboard.ai.fanout.FanOutPolicy;
import io.switchboard.ai.fanout.FanOutResult;
import io.switchboard.ai.turn.TurnCompleted;
import io.switchboard.ai.turn.TurnEvent;
import io.switchboard.ai.turn.TurnFailed;
import io.switchboard.ai.turn.TurnRequest;
import io.switchboard.ai.turn.TurnStarted;
import io.switchboard.ai.turn.Usage;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.Restart;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.test.TestAgentSystem;
import io.switchboard.test.model.CallOutcome;
import io.switchboard.test.model.ScriptedChatModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.subscriber.TestSubscriber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Several agents asked at once, in a system whose clock the test turns. The key of each
 * agent says what it does, and after how many seconds: it answers, fails, crashes or
 * never ends.
 */
class FanOutTests {

	private static final TurnRequest QUESTION = new TurnRequest("t1", "Is it safe?");

	private final List<String> asked = new ArrayList<>();

	private final List<String> cancelled = new ArrayList<>();

	@ParameterizedTest(name = "{0} of {1}")
	@MethodSource("table")
	void eachPolicyEndsInItsTimeAndCancelsWhoIsLeft(FanOutPolicy policy, String agents, String results, boolean fails,
			String cancelled) {
		try (TestAgentSystem system = start()) {
			TestSubscriber<FanOutResult> receiver = TestSubscriber.create();

			FanOut.of(policy).ask(QUESTION, agents(system, agents)).subscribe(receiver);
			system.advance(Duration.ofMinutes(1));

			assertThat(receiver.getReceivedOnNext()).extracting((result) -> result.agent().name())
				.containsExactly(names(results));
			assertThat(receiver.isTerminatedError()).isEqualTo(fails);
			assertThat(receiver.isTerminatedComplete()).isEqualTo(!fails);
			assertThat(this.cancelled).containsExactlyInAnyOrder(names(cancelled));
		}
	}

	@Test
	void resultsTellWhatCameOfEachQuestion() {
		try (TestAgentSystem system = start()) {
			TestSubscriber<FanOutResult> receiver = TestSubscriber.create();

			FanOut.of(FanOutPolicy.collect())
				.ask(QUESTION, agents(system, "answer-1 fail-2 crash-3"))
				.subscribe(receiver);
			system.advance(Duration.ofMinutes(1));

			List<FanOutResult> results = receiver.getReceivedOnNext();
			assertThat(results.get(0)).isEqualTo(new FanOutResult.Answered(AgentPath.of("/reviewers/answer-1"),
					"Is it safe? Yes.", new Usage(1, 1)));
			assertThat(results.get(1)).isInstanceOfSatisfying(FanOutResult.Failed.class,
					(failed) -> assertThat(failed.failure().detail()).isEqualTo("too slow"));
			assertThat(results.get(2)).isInstanceOfSatisfying(FanOutResult.Unanswered.class,
					(lost) -> assertThat(lost.cause()).isInstanceOf(AgentExitedException.class));
			assertThat(receiver.expectTerminalError()).isInstanceOf(FanOutFailedException.class)
				.hasMessageContainingAll("1 answered and 2 failed", "'/reviewers/fail-2' gave up: too slow (timeout)",
						"'/reviewers/crash-3' did not answer");
		}
	}

	@Test
	void anAgentThatIsNotThereIsAResult() {
		try (TestAgentSystem system = start()) {
			AgentRef<TurnRequest> nobody = system.agent("/nobody", TurnRequest.class);

			FanOutResult result = system
				.resultOf(FanOut.of(FanOutPolicy.isolate()).ask(QUESTION, List.of(nobody)).single());

			assertThat(result).isInstanceOfSatisfying(FanOutResult.Unanswered.class,
					(lost) -> assertThat(lost.cause()).isInstanceOf(MessageRejectedException.class));
		}
	}

	@Test
	void eachCanBeAskedItsOwnQuestion() {
		try (TestAgentSystem system = start()) {
			List<FanOutCall> calls = Stream.of("How?", "Why?")
				.map((question) -> new FanOutCall(agents(system, "answer-0").get(0), new TurnRequest("t1", question)))
				.toList();
			TestSubscriber<FanOutResult> receiver = TestSubscriber.create();

			FanOut.of(FanOutPolicy.isolate()).ask(calls).subscribe(receiver);
			system.advance(Duration.ofSeconds(1));

			assertThat(receiver.getReceivedOnNext()).extracting((result) -> ((FanOutResult.Answered) result).answer())
				.containsExactly("How? Yes.", "Why? Yes.");
		}
	}

	@Test
	void soManyAreAskedAtATime() {
		try (TestAgentSystem system = start()) {
			TestSubscriber<FanOutResult> receiver = TestSubscriber.create();

			FanOut.of(FanOutPolicy.isolate())
				.withConcurrency(2)
				.ask(QUESTION, agents(system, "answer-5 answer-9 answer-1"))
				.subscribe(receiver);
			system.advance(Duration.ofSeconds(4));
			assertThat(this.asked).containsExactly("answer-5", "answer-9");
			system.advance(Duration.ofSeconds(1));

			assertThat(this.asked).containsExactly("answer-5", "answer-9", "answer-1");
			receiver.cancel();
		}
	}

	@Test
	void aReceiverThatDoesNotAskForMoreKeepsNobodyAtWork() {
		try (TestAgentSystem system = start()) {
			TestSubscriber<FanOutResult> receiver = TestSubscriber.builder().initialRequest(0).build();

			FanOut.of(FanOutPolicy.failFast()).ask(QUESTION, agents(system, "fail-1 never-0")).subscribe(receiver);
			system.advance(Duration.ofSeconds(1));

			assertThat(this.cancelled).containsExactly("never-0");
			receiver.request(1);
			assertThat(receiver.getReceivedOnNext()).hasSize(1);
			assertThat(receiver.isTerminatedError()).isTrue();
		}
	}

	@Test
	void leavingCancelsAllAndStartsNoMore() {
		try (TestAgentSystem system = start()) {
			TestSubscriber<FanOutResult> receiver = TestSubscriber.create();

			FanOut.of(FanOutPolicy.isolate())
				.withConcurrency(2)
				.ask(QUESTION, agents(system, "never-0 never-1 never-2"))
				.subscribe(receiver);
			receiver.cancel();

			assertThat(this.cancelled).containsExactlyInAnyOrder("never-0", "never-1");
			assertThat(this.asked).doesNotContain("never-2");
		}
	}

	@Test
	void aModelCallThatNobodyNeedsAnyMoreIsCancelled() {
		ScriptedChatModel slow = ScriptedChatModel.script().stream("one", "two").stallAfter(1).build();
		ScriptedChatModel quick = ScriptedChatModel.script().answer("Yes.").build();
		try (TestAgentSystem system = TestAgentSystem.start(SupervisorSpec.builder("root")
			.child(ModelAgent.builder("slow").model(slow).build())
			.child(ModelAgent.builder("quick").model(quick).build())
			.build())) {
			List<AgentRef<TurnRequest>> both = List.of(system.agent("/slow", TurnRequest.class),
					system.agent("/quick", TurnRequest.class));

			List<FanOutResult> results = system
				.resultOf(FanOut.of(FanOutPolicy.firstSuccess()).ask(QUESTION, both).collectList());

			assertThat(results).extracting((result) -> result.agent().name()).containsExactly("quick");
			assertThat(slow.lastCall().outcome()).isEqualTo(CallOutcome.CANCELLED);
		}
	}

	@Test
	void fewerThanHaveToAnswerAreRefused() {
		try (TestAgentSystem system = start()) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> FanOut.of(FanOutPolicy.quorum(2)).ask(QUESTION, agents(system, "answer-1")))
				.withMessage("1 agents are asked under the policy quorum(2): at least 2 are needed");
			assertThatIllegalArgumentException().isThrownBy(() -> FanOut.of(FanOutPolicy.isolate()).ask(List.of()));
			assertThatIllegalArgumentException().isThrownBy(() -> FanOut.of(FanOutPolicy.isolate()).withConcurrency(0));
		}
	}

	static Stream<Arguments> table() {
		return Stream.of(
				arguments(FanOutPolicy.isolate(), "answer-2 fail-1 crash-3", "fail-1 answer-2 crash-3", false, ""),
				arguments(FanOutPolicy.failFast(), "answer-2 answer-1", "answer-1 answer-2", false, ""),
				arguments(FanOutPolicy.failFast(), "answer-1 fail-2 answer-3 never-0", "answer-1 fail-2", true,
						"answer-3 never-0"),
				arguments(FanOutPolicy.failFast(), "crash-1 answer-2", "crash-1", true, "answer-2"),
				arguments(FanOutPolicy.quorum(2), "answer-1 fail-2 answer-3 never-0", "answer-1 fail-2 answer-3", false,
						"never-0"),
				arguments(FanOutPolicy.quorum(2), "fail-1 crash-2 never-0", "fail-1 crash-2", true, "never-0"),
				arguments(FanOutPolicy.firstSuccess(), "fail-1 answer-2 answer-3", "fail-1 answer-2", false,
						"answer-3"),
				arguments(FanOutPolicy.firstSuccess(), "fail-1 crash-2", "fail-1 crash-2", true, ""),
				arguments(FanOutPolicy.collect(), "fail-1 answer-2 crash-3", "fail-1 answer-2 crash-3", true, ""),
				arguments(FanOutPolicy.collect(), "answer-2 answer-1", "answer-1 answer-2", false, ""));
	}

	private static String[] names(String list) {
		return list.isEmpty() ? new String[0] : list.split(" ");
	}

	private static List<AgentRef<TurnRequest>> agents(TestAgentSystem system, String keys) {
		return Stream.of(keys.split(" ")).map((key) -> system.agent("/reviewers/" + key, TurnRequest.class)).toList();
	}

	private TestAgentSystem start() {
		return TestAgentSystem.start(SupervisorSpec.builder("root")
			.child(DynamicSupervisorSpec.builder("reviewers")
				.template((key) -> AgentSpec.builder(key, TurnRequest.class, this::reviewer)
					.restart(Restart.TEMPORARY)
					.build())
				.build())
			.build());
	}

	private Behaviour<TurnRequest> reviewer() {
		return (request, context) -> {
			String[] key = context.path().name().split("-");
			this.asked.add(context.path().name());
			Mono<TurnEvent> end = Mono.delay(Duration.ofSeconds(Long.parseLong(key[1])), context.scheduler())
				.flatMap((tick) -> end(key[0], request));
			return Flux.concat(Mono.just(new TurnStarted(request.turn())), end)
				.doOnCancel(() -> this.cancelled.add(context.path().name()));
		};
	}

	private static Mono<TurnEvent> end(String what, TurnRequest request) {
		return switch (what) {
			case "answer" ->
				Mono.just(new TurnCompleted(request.turn(), request.input() + " Yes.", new Usage(1, 1), 1));
			case "fail" -> Mono.just(new TurnFailed(request.turn(), "timeout", "too slow"));
			case "crash" -> Mono.error(new IllegalStateException("the bug"));
			default -> Mono.never();
		};
	}

}
