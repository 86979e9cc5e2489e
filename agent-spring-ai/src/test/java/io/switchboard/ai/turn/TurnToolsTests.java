package io.switchboard.ai.turn;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.switchboard.ai.tool.ToolCaller;
import io.switchboard.ai.tool.ToolFailedException;
import io.switchboard.ai.tool.ToolMethods;
import io.switchboard.ai.tool.ToolReply;
import io.switchboard.ai.tool.ToolSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage.ToolResponse;
import org.springframework.ai.support.ToolCallbacks;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.function.FunctionToolCallback;

import static org.assertj.core.api.Assertions.assertThat;

class TurnToolsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final FixtureContext context = new FixtureContext();

	private final FixtureModel model = new FixtureModel();

	@AfterEach
	void close() {
		this.context.close();
	}

	@Test
	void aToolIsRunAndItsResultGoesToTheModel() {
		FixtureTool lookup = new FixtureTool("lookup", () -> "shipped");
		this.model.calls(FixtureModel.call("c1", "lookup", "{\"order\":1}")).says("It is on its way.");

		StepVerifier.create(run(lookup))
			.expectNext(new TurnStarted("t1"))
			.expectNext(new ToolCall("t1", "c1", "lookup", "{\"order\":1}"))
			.expectNext(new ToolResult("t1", "c1", "lookup", "shipped"))
			.expectNext(new Token("t1", "It is on its way."))
			.expectNext(new TurnCompleted("t1", "It is on its way.", new Usage(20, 4), 2))
			.expectComplete()
			.verify(PATIENCE);
		assertThat(lookup.inputs()).containsExactly("{\"order\":1}");
		assertThat(responsesInCall(1)).containsExactly(new ToolResponse("c1", "lookup", "shipped"));
	}

	@Test
	void severalCallsOfOneAnswerAreAnsweredInTheirOrder() {
		FixtureTool first = new FixtureTool("first", () -> "1");
		FixtureTool second = new FixtureTool("second", () -> "2");
		this.model.calls(FixtureModel.call("c1", "second", "{}"), FixtureModel.call("c2", "first", "{}")).says("Done.");

		List<TurnEvent> events = run(first, second).collectList().block(PATIENCE);

		assertThat(events)
			.containsSubsequence(new ToolCall("t1", "c1", "second", "{}"), new ToolResult("t1", "c1", "second", "2"))
			.containsSubsequence(new ToolCall("t1", "c2", "first", "{}"), new ToolResult("t1", "c2", "first", "1"));
		assertThat(responsesInCall(1)).containsExactly(new ToolResponse("c1", "second", "2"),
				new ToolResponse("c2", "first", "1"));
	}

	@Test
	void toolsRunOnTheBlockingScheduler() {
		FixtureTool tool = new FixtureTool("lookup", () -> "ok");
		this.model.calls(FixtureModel.call("c1", "lookup", "{}")).says("Done.");

		run(tool).blockLast(PATIENCE);

		assertThat(tool.thread()).isNotNull()
			.satisfies((thread) -> assertThat(thread.getName()).startsWith("blocking-"));
	}

	@Test
	void toolsKnowWhoCalls() {
		FixtureTool tool = new FixtureTool("lookup", () -> "ok");
		this.model.calls(FixtureModel.call("c1", "lookup", "{}")).says("Done.");

		run(tool).blockLast(PATIENCE);

		assertThat(tool.context()).isNotNull()
			.satisfies((given) -> assertThat(ToolCaller.from(given))
				.isEqualTo(new ToolCaller(this.context.path(), this.context.incarnation(), "t1", "c1")));
	}

	@Test
	void aCallWithoutAnIdGetsOne() {
		FixtureTool tool = new FixtureTool("lookup", () -> "ok");
		this.model.calls(FixtureModel.call("", "lookup", "{}")).says("Done.");

		List<TurnEvent> events = run(tool).collectList().block(PATIENCE);

		assertThat(events).contains(new ToolCall("t1", "call-1-1", "lookup", "{}"),
				new ToolResult("t1", "call-1-1", "lookup", "ok"));
		assertThat(responsesInCall(1)).extracting(ToolResponse::id).containsExactly("call-1-1");
		assertThat(tool.context()).isNotNull()
			.satisfies((given) -> assertThat(ToolCaller.from(given).call()).isEqualTo("call-1-1"));
	}

	@Test
	void callsOfOneAnswerWithTheSameIdAreAllMade() {
		FixtureTool first = new FixtureTool("first", () -> "1");
		FixtureTool second = new FixtureTool("second", () -> "2");
		this.model.calls(FixtureModel.call("c1", "first", "{}"), FixtureModel.call("c1", "second", "{}")).says("Done.");

		List<TurnEvent> events = run(first, second).collectList().block(PATIENCE);

		assertThat(events).contains(new ToolResult("t1", "c1", "first", "1"),
				new ToolResult("t1", "call-1-2", "second", "2"));
		assertThat(responsesInCall(1)).containsExactly(new ToolResponse("c1", "first", "1"),
				new ToolResponse("call-1-2", "second", "2"));
		assertThat(callsInCall(1)).extracting(AssistantMessage.ToolCall::id).containsExactly("c1", "call-1-2");
	}

	@Test
	void theSameIdInTheNextAnswerIsAnotherCall() {
		FixtureTool tool = new FixtureTool("lookup", () -> "ok");
		this.model.calls(FixtureModel.call("c1", "lookup", "{\"order\":1}"))
			.calls(FixtureModel.call("c1", "lookup", "{\"order\":2}"))
			.says("Done.");

		run(tool).blockLast(PATIENCE);

		assertThat(responsesInCall(2)).extracting(ToolResponse::id).containsExactly("c1", "call-2-1");
		assertThat(callsInCall(2)).extracting(AssistantMessage.ToolCall::id).containsExactly("c1", "call-2-1");
		assertThat(tool.context()).isNotNull()
			.satisfies((given) -> assertThat(ToolCaller.from(given).call()).isEqualTo("call-2-1"));
	}

	@Test
	void aFailureThatAToolDeclaresIsToldToTheModel() {
		FixtureTool tool = new FixtureTool("lookup", () -> {
			throw new ToolFailedException("there is no order 1");
		});
		this.model.calls(FixtureModel.call("c1", "lookup", "{}")).says("Sorry.");
		String told = "Tool 'lookup' failed: there is no order 1";

		StepVerifier.create(run(tool))
			.expectNext(new TurnStarted("t1"))
			.expectNext(new ToolCall("t1", "c1", "lookup", "{}"))
			.expectNext(new ToolResult("t1", "c1", "lookup", told))
			.expectNext(new Recovering("t1", "tool-failed", "feedback", 1))
			.expectNext(new Token("t1", "Sorry."))
			.expectNext(new TurnCompleted("t1", "Sorry.", new Usage(20, 4), 2))
			.expectComplete()
			.verify(PATIENCE);
		assertThat(responsesInCall(1)).containsExactly(new ToolResponse("c1", "lookup", told));
	}

	@Test
	void aToolThatFailsAgainAndAgainEndsTheTurn() {
		FixtureTool tool = new FixtureTool("lookup", () -> {
			throw new ToolFailedException("closed");
		});
		for (int i = 1; i <= 4; i++) {
			this.model.calls(FixtureModel.call("c" + i, "lookup", "{\"order\":%d}".formatted(i)));
		}

		TurnEvent last = run(tool).blockLast(PATIENCE);

		assertThat(last).isEqualTo(new TurnFailed("t1", "tool-failed", "Tool 'lookup' failed (ToolFailedException)"));
		assertThat(tool.inputs()).hasSize(4);
	}

	@Test
	void aToolThatTakesTooLongIsToldToTheModel() {
		CountDownLatch begun = new CountDownLatch(1);
		FixtureTool tool = new FixtureTool("lookup", () -> {
			begun.countDown();
			new CountDownLatch(1).await();
			return "never";
		});
		this.model.calls(FixtureModel.call("c1", "lookup", "{}")).says("Sorry.");

		StepVerifier.create(run(tool).map(TurnEvent::type))
			.expectNext("turn-started", "tool-call")
			.then(() -> assertThat(within(begun)).isTrue())
			.then(() -> this.context.scheduler().advanceTimeBy(ToolSettings.DEFAULT_TIMEOUT))
			.expectNext("tool-result", "recovering", "token", "turn-completed")
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void theProgramGetsMoreThanTheModel() {
		this.model.calls(FixtureModel.call("c1", "find", "{}")).says("One.");

		List<TurnEvent> events = run(ToolMethods.of(new FindingTools()).toArray(ToolCallback[]::new)).collectList()
			.block(PATIENCE);

		assertThat(events).contains(new ToolResult("t1", "c1", "find", "1 order", List.of(new Order(7))));
		assertThat(responsesInCall(1)).containsExactly(new ToolResponse("c1", "find", "1 order"));
	}

	@ParameterizedTest
	@MethodSource
	void whatAToolThrowsIsTheErrorOfTheTurn(Throwable thrown) {
		FixtureTool tool = new FixtureTool("lookup", () -> {
			throw sneaky(thrown);
		});
		this.model.calls(FixtureModel.call("c1", "lookup", "{}"));

		StepVerifier.create(run(tool))
			.expectNext(new TurnStarted("t1"))
			.expectNext(new ToolCall("t1", "c1", "lookup", "{}"))
			.expectNext(new Recovering("t1", "bug", "restart", 1))
			.expectErrorSatisfies((ex) -> assertThat(ex).isSameAs(thrown))
			.verify(PATIENCE);
	}

	static Stream<Throwable> whatAToolThrowsIsTheErrorOfTheTurn() {
		return Stream.of(new TestException("bug"), new IOException("disk"), new AssertionError("bug"),
				new StackOverflowError(), new NoClassDefFoundError("missing"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "unchecked", "checked", "overflow" })
	void anAnnotatedMethodsErrorIsNotHiddenInSpringAisOwn(String method) {
		this.model.calls(FixtureModel.call("c1", method, "{}"));

		StepVerifier.create(run(ToolCallbacks.from(new BrokenTools())))
			.expectNextCount(3)
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOfAny(TestException.class, IOException.class,
					StackOverflowError.class))
			.verify(PATIENCE);
	}

	@Test
	void anUnknownToolIsExplainedToTheModel() {
		FixtureTool tool = new FixtureTool("lookup", () -> "ok");
		this.model.calls(FixtureModel.call("c1", "search", "{}")).says("Sorry.");

		TurnEvent last = run(tool).blockLast(PATIENCE);

		assertThat(last).isInstanceOf(TurnCompleted.class);
		assertThat(tool.inputs()).isEmpty();
		assertThat(responsesInCall(1)).singleElement()
			.satisfies((response) -> assertThat(response.responseData()).contains("'search'", "lookup"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{", "[1]", "\"text\"", "null", "{} {}" })
	void argumentsThatAreNoObjectAreExplainedToTheModel(String arguments) {
		FixtureTool tool = new FixtureTool("lookup", () -> "ok");
		this.model.calls(FixtureModel.call("c1", "lookup", arguments)).says("Sorry.");

		TurnEvent last = run(tool).blockLast(PATIENCE);

		assertThat(last).isInstanceOf(TurnCompleted.class);
		assertThat(tool.inputs()).isEmpty();
		assertThat(responsesInCall(1)).singleElement()
			.satisfies((response) -> assertThat(response.responseData()).contains("'lookup'", "JSON object"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"id\":null}", "{\"id\":\"many\"}", "{\"id\":[]}" })
	void argumentsThatDoNotFitTheToolAreExplainedToTheModel(String arguments) {
		for (ToolCallback tool : List.of(ToolCallbacks.from(new OrderTools())[0], orderFunction())) {
			this.model.calls(FixtureModel.call("c1", "order", arguments)).says("Sorry.");

			TurnEvent last = run(tool).blockLast(PATIENCE);

			assertThat(last).isInstanceOf(TurnCompleted.class);
			int call = this.model.prompts().size() - 1;
			assertThat(responsesInCall(call)).singleElement()
				.satisfies((response) -> assertThat(response.responseData()).contains("'order'", "\"required\""));
		}
	}

	@Test
	void aToolThatCannotReadItsOwnJsonIsBroken() {
		FixtureTool tool = new FixtureTool("lookup", () -> new JsonMapper().readTree("{").asString());
		this.model.calls(FixtureModel.call("c1", "lookup", "{}"));

		StepVerifier.create(run(tool))
			.expectNextCount(3)
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(JacksonException.class))
			.verify(PATIENCE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "readsNonsense", "returnsNonsense" })
	void anAnnotatedMethodThatFailsOnJsonOfItsOwnIsBroken(String method) {
		this.model.calls(FixtureModel.call("c1", method, "{}"));

		StepVerifier.create(run(ToolCallbacks.from(new NonsenseTools())))
			.expectNextCount(3)
			.expectError()
			.verify(PATIENCE);
	}

	@Test
	void noArgumentsAreAnEmptyObject() {
		FixtureTool tool = new FixtureTool("lookup", () -> "ok");
		this.model.calls(FixtureModel.call("c1", "lookup", "")).says("Done.");

		run(tool).blockLast(PATIENCE);

		assertThat(tool.inputs()).containsExactly("{}");
	}

	private Flux<TurnEvent> run(ToolCallback... tools) {
		TurnRunner runner = TurnRunner.builder(ChatClient.create(this.model))
			.instructions("")
			.tools(List.of(tools))
			.budget(Budget.defaults())
			.build();
		return runner.run(new TurnRequest("t1", "Hi?"), List.of(), this.context);
	}

	private static boolean within(CountDownLatch latch) {
		try {
			return latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			throw new AssertionError("interrupted", ex);
		}
	}

	private List<ToolResponse> responsesInCall(int call) {
		return this.model.messagesOfCall(call)
			.stream()
			.filter(ToolResponseMessage.class::isInstance)
			.map(ToolResponseMessage.class::cast)
			.flatMap((message) -> message.getResponses().stream())
			.toList();
	}

	private List<AssistantMessage.ToolCall> callsInCall(int call) {
		return this.model.messagesOfCall(call)
			.stream()
			.filter(AssistantMessage.class::isInstance)
			.flatMap((message) -> ((AssistantMessage) message).getToolCalls().stream())
			.toList();
	}

	@SuppressWarnings("unchecked")
	private static <E extends Throwable> RuntimeException sneaky(Throwable ex) throws E {
		throw (E) ex;
	}

	private static ToolCallback orderFunction() {
		return FunctionToolCallback.builder("order", (Order order) -> "order " + order.id())
			.description("For tests")
			.inputType(Order.class)
			.build();
	}

	record Order(int id) {

	}

	static final class OrderTools {

		@Tool
		String order(int id) {
			return "order " + id;
		}

	}

	static final class FindingTools {

		@Tool
		ToolReply find() {
			return ToolReply.of("1 order", List.of(new Order(7)));
		}

	}

	static final class NonsenseTools {

		@Tool
		String readsNonsense() {
			return new JsonMapper().readTree("{").asString();
		}

		@Tool
		Nonsense returnsNonsense() {
			return new Nonsense("");
		}

	}

	record Nonsense(String text) {

		@Override
		public String text() {
			throw new TestException("bug");
		}

	}

	@SuppressWarnings("DoNotCallSuggester")
	static final class BrokenTools {

		@Tool
		String unchecked() {
			throw new TestException("bug");
		}

		@Tool
		String checked() throws IOException {
			throw new IOException("disk");
		}

		@Tool
		String overflow() {
			return overflow() + 1;
		}

	}

}
