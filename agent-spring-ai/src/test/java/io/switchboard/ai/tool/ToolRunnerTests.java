package io.switchboard.ai.tool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.switchboard.ai.failure.FailureClass;
import io.switchboard.ai.turn.FixtureTool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.publisher.PublisherProbe;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.function.FunctionToolCallback;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How one call is made, and how several are.
 */
class ToolRunnerTests {

	private final ToolCalls calls = new ToolCalls();

	private final CountDownLatch begun = new CountDownLatch(1);

	private final CountDownLatch interrupted = new CountDownLatch(1);

	@AfterEach
	void close() {
		this.calls.close();
	}

	// ---- time

	@Test
	void aToolThatTakesTooLongIsInterruptedAndTheModelIsTold() {
		StepVerifier.create(this.calls.call(new FixtureTool("lookup", this::hang)))
			.then(() -> await(this.begun))
			.then(() -> this.calls.pass(Duration.ofSeconds(29)))
			.then(() -> assertThat(this.interrupted.getCount()).isOne())
			.then(() -> this.calls.pass(Duration.ofSeconds(1)))
			.assertNext((outcome) -> assertTimedOut(outcome, "PT30S"))
			.expectComplete()
			.verify(ToolCalls.PATIENCE);
		await(this.interrupted);
	}

	@Test
	void aToolThatIgnoresInterruptsKeepsNobodyWaiting() {
		CountDownLatch end = new CountDownLatch(1);
		ToolCallback tool = new FixtureTool("lookup", () -> {
			this.begun.countDown();
			while (!end.await(0, TimeUnit.SECONDS)) {
				Thread.onSpinWait();
				Thread.interrupted();
			}
			return "late";
		});

		StepVerifier.create(this.calls.call(tool))
			.then(() -> await(this.begun))
			.then(() -> this.calls.pass(Duration.ofSeconds(30)))
			.assertNext((outcome) -> assertTimedOut(outcome, "PT30S"))
			.expectComplete()
			.verify(ToolCalls.PATIENCE);
		end.countDown();
	}

	@Test
	void aReactiveToolThatTakesTooLongIsCancelled() {
		PublisherProbe<ToolReply> work = PublisherProbe.of(Mono.never());
		this.calls.with(ToolSettings.defaults().withTimeout(Duration.ofSeconds(5)));

		StepVerifier.create(this.calls.call(new AnsweringTool(work::mono)))
			.then(() -> this.calls.pass(Duration.ofSeconds(5)))
			.assertNext((outcome) -> assertTimedOut(outcome, "PT5S"))
			.expectComplete()
			.verify(ToolCalls.PATIENCE);
		work.assertWasCancelled();
	}

	@Test
	void timeCountsFromTheCallAndNotFromAFreeThread() {
		this.calls.with(ToolSettings.defaults().withTimeout(Duration.ofSeconds(5)).withParallel(100));
		List<AssistantMessage.ToolCall> asked = new ArrayList<>();
		for (int i = 0; i < 6; i++) {
			asked.add(ToolCalls.asked("c" + i, "lookup", "{}"));
		}

		StepVerifier
			.create(this.calls.runner()
				.runAll(asked, ToolCalls.offer(new FixtureTool("lookup", this::hang)), ToolRunnerTests::told)
				.filter((told) -> told.endsWith("too-long")))
			.then(() -> this.calls.pass(Duration.ofSeconds(5)))
			.expectNextCount(6)
			.expectComplete()
			.verify(ToolCalls.PATIENCE);
	}

	@Test
	void cancellingInterruptsTheTool() {
		StepVerifier.create(this.calls.call(new FixtureTool("lookup", this::hang)))
			.then(() -> await(this.begun))
			.thenCancel()
			.verify(ToolCalls.PATIENCE);

		await(this.interrupted);
	}

	// ---- what the model gets wrong

	@ParameterizedTest
	@CsvSource({ "find-orders, Did you mean 'findOrders'?", "findOrder, Did you mean 'findOrders'?",
			"orders, Did you mean 'findOrders'?", "openTickt, Did you mean 'openTicket'?",
			"weather, 'The tools are: findOrders, openTicket.'" })
	void anUnknownNameIsAnsweredWithTheNearest(String name, String text) {
		ToolOutcome outcome = this.calls.runner()
			.run(ToolCalls.asked("c1", name, "{}"),
					ToolCalls.offer(new FixtureTool("openTicket", () -> ""), new FixtureTool("findOrders", () -> "")))
			.blockOptional(ToolCalls.PATIENCE)
			.orElseThrow();

		assertFailed(outcome, FailureClass.UNKNOWN_TOOL, "There is no tool '%s'".formatted(name), text);
	}

	@Test
	void withoutToolsTheModelIsToldToAnswer() {
		ToolOutcome outcome = this.calls.runner()
			.run(ToolCalls.asked("c1", "weather", "{}"), ToolCalls.offer())
			.blockOptional(ToolCalls.PATIENCE)
			.orElseThrow();

		assertFailed(outcome, FailureClass.UNKNOWN_TOOL, "Answer without tools");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{                               | they are no JSON
			[1]                             | they are an array, not an object
			null                            | they are null, not an object
			{"order": 5}                    | 'customer' is missing
			{"customer": "Ann", "order": null} | 'order' is missing
			{"customer": "Ann", "order": "five"} | 'order' must be of type integer and is a string
			{"customer": "Ann", "order": []} | 'order' must be of type integer and is an array
			""")
	void unfitArgumentsAreAnsweredWithWhatIsWrongAndTheSchema(String arguments, String problem) {
		AtomicBoolean called = new AtomicBoolean();
		ToolCallback tool = FunctionToolCallback.builder("lookup", (Query query) -> {
			called.set(true);
			return "found";
		}).description("For tests").inputType(Query.class).build();

		ToolOutcome outcome = this.calls.outcome(tool, arguments);

		assertFailed(outcome, FailureClass.INVALID_OUTPUT, problem, "\"required\"", "Call it again");
		assertThat(called).isFalse();
	}

	// ---- several calls

	@Test
	void onlySoManyCallsRunAtATimeAndEndAsTheyCome() {
		this.calls.with(ToolSettings.defaults().withParallel(2));
		Map<String, Sinks.One<ToolReply>> answers = Map.of("a", Sinks.one(), "b", Sinks.one(), "c", Sinks.one());

		StepVerifier.create(runAll(answers))
			.expectNext("a starts", "b starts")
			.then(() -> answers.get("b").tryEmitValue(ToolReply.of("B")))
			.expectNext("b: B", "c starts")
			.then(() -> answers.get("c").tryEmitValue(ToolReply.of("C")))
			.expectNext("c: C")
			.then(() -> answers.get("a").tryEmitValue(ToolReply.of("A")))
			.expectNext("a: A")
			.expectComplete()
			.verify(ToolCalls.PATIENCE);
	}

	@Test
	void aBugComesAfterWhatHadEndedAndEndsTheOthers() {
		Map<String, Sinks.One<ToolReply>> answers = Map.of("a", Sinks.one(), "b", Sinks.one(), "c", Sinks.one());

		StepVerifier.create(runAll(answers), 0)
			.thenRequest(3)
			.expectNext("a starts", "b starts", "c starts")
			.then(() -> answers.get("b").tryEmitValue(ToolReply.of("B")))
			.then(() -> answers.get("a").tryEmitError(new StackOverflowError()))
			.thenRequest(1)
			.expectNext("b: B")
			.expectError(StackOverflowError.class)
			.verify(ToolCalls.PATIENCE);
		assertThat(answers.get("c").currentSubscriberCount()).isZero();
	}

	@Test
	void aCallDoesNotBeginBeforeItsStartWasTold() {
		FixtureTool tool = new FixtureTool("lookup", () -> "ok");
		Sinks.Empty<String> written = Sinks.empty();

		StepVerifier
			.create(this.calls.runner()
				.runAll(List.of(ToolCalls.asked("a", "lookup", "{}")), ToolCalls.offer(tool),
						(step) -> (step instanceof ToolStep.Starting) ? written.asMono() : told(step)))
			.then(() -> assertThat(tool.inputs()).isEmpty())
			.then(written::tryEmitEmpty)
			.expectNext("a: ok")
			.expectComplete()
			.verify(ToolCalls.PATIENCE);
	}

	private Flux<String> runAll(Map<String, Sinks.One<ToolReply>> answers) {
		ToolCallback[] tools = answers.entrySet()
			.stream()
			.map((entry) -> new AnsweringTool(entry.getKey(), entry.getValue()::asMono))
			.toArray(ToolCallback[]::new);
		List<AssistantMessage.ToolCall> asked = answers.keySet()
			.stream()
			.sorted()
			.map((name) -> ToolCalls.asked(name, name, "{}"))
			.toList();
		return this.calls.runner().runAll(asked, ToolCalls.offer(tools), ToolRunnerTests::told);
	}

	private static Mono<String> told(ToolStep step) {
		String id = step.call().id();
		if (step instanceof ToolStep.Ended ended) {
			return Mono.just((ended.outcome() instanceof ToolOutcome.Failed) ? id + " too-long"
					: id + ": " + ended.outcome().forModel());
		}
		return Mono.just(id + " starts");
	}

	private String hang() throws InterruptedException {
		this.begun.countDown();
		try {
			new CountDownLatch(1).await();
			return "never";
		}
		catch (InterruptedException ex) {
			this.interrupted.countDown();
			throw ex;
		}
	}

	private static void assertTimedOut(ToolOutcome outcome, String time) {
		assertFailed(outcome, FailureClass.TOOL_TIMEOUT, "'lookup' took too long", time, "may have done its work");
	}

	private static void assertFailed(ToolOutcome outcome, FailureClass failure, String... texts) {
		assertThat(outcome).isInstanceOfSatisfying(ToolOutcome.Failed.class, (failed) -> {
			assertThat(failed.failure().failure()).isEqualTo(failure);
			assertThat(failed.forModel()).contains(texts);
		});
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new AssertionError("interrupted", ex);
		}
	}

	record Query(String customer, int order) {

	}

}
