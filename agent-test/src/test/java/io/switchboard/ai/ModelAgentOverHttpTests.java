package io.switchboard.ai;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import io.switchboard.ai.recovery.RecoveryPolicy;
import io.switchboard.ai.turn.Budget;
import io.switchboard.ai.turn.Token;
import io.switchboard.ai.turn.TurnCompleted;
import io.switchboard.ai.turn.TurnEvent;
import io.switchboard.ai.turn.TurnFailed;
import io.switchboard.ai.turn.TurnStarted;
import io.switchboard.ai.turn.Usage;
import io.switchboard.test.provider.FakeProvider;
import io.switchboard.test.provider.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;

import org.springframework.ai.content.Media;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.function.FunctionToolCallback;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.MimeTypeUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

/**
 * Model agents with Spring AI's real OpenAI client, against a provider on a real socket.
 */
class ModelAgentOverHttpTests {

	private final FakeProvider provider = FakeProvider.start();

	private final OpenAiChatModel model = OpenAiChatModel.builder()
		.options(OpenAiChatOptions.builder()
			.baseUrl(this.provider.baseUrl())
			.apiKey("any")
			.model("fake-model")
			.maxRetries(0)
			.streamUsage(true)
			.build())
		.build();

	@AfterEach
	void close() {
		this.provider.close();
	}

	@Test
	void anAnswerIsStreamedAndPaidFor() {
		this.provider.enqueue(Reply.stream("Hel", "lo.").withUsage(5, 2));

		try (RunningAgents agents = agents(Budget.defaults())) {
			List<TurnEvent> events = agents.turn("/support", "Hi?");

			assertThat(events).containsExactly(new TurnStarted("t1"), new Token("t1", "Hel"), new Token("t1", "lo."),
					new TurnCompleted("t1", "Hello.", new Usage(5, 2), 1));
		}
	}

	@Test
	void aToolRoundTripIsToldToTheProvider() {
		this.provider.enqueue(Reply.toolCall("lookup", "{\"id\":\"ORD-1\"}"), Reply.answer("It is on its way."));

		try (RunningAgents agents = agents(Budget.defaults(), lookup())) {
			TurnEvent end = agents.ask("/support", "Where is ORD-1?");

			assertThat(end).isInstanceOfSatisfying(TurnCompleted.class,
					(completed) -> assertThat(completed.answer()).isEqualTo("It is on its way."));
			assertThat(this.provider.exchange(1).join().request().toolNames()).containsExactly("lookup");
			assertThat(this.provider.exchange(2).join().request().messages())
				.extracting((message) -> message.path("role").asString())
				.containsExactly("user", "assistant", "tool");
			assertThat(this.provider.exchange(2).join().request().messages()).last()
				.satisfies((message) -> assertThat(message.path("content").asString()).contains("ORD-1 shipped"));
		}
	}

	@Test
	void aPictureReachesTheProvider() {
		Media picture = new Media(MimeTypeUtils.IMAGE_PNG, new ByteArrayResource(new byte[] { 1, 2, 3 }));
		this.provider.enqueue(Reply.answer("A cat."));

		try (RunningAgents agents = agents(Budget.defaults())) {
			agents.agent("/support")
				.ask(agents.request("What is this?").withMedia(List.of(picture)), TurnEvent.class, RunningAgents.LIMIT)
				.block(RunningAgents.LIMIT);

			JsonNode content = this.provider.exchange(1).join().request().messages().get(0).path("content");
			assertThat(content.at("/0/text").asString()).isEqualTo("What is this?");
			assertThat(content.at("/1/type").asString()).isEqualTo("image_url");
			assertThat(content.at("/1/image_url/url").asString()).isEqualTo("data:image/png;base64,AQID");
		}
	}

	@Test
	void aToolThatDoesNotExistIsCorrectedByTheModel() {
		this.provider.enqueue(Reply.unknownTool(), Reply.answer("Sorry."));

		try (RunningAgents agents = agents(Budget.defaults(), lookup())) {
			assertThat(agents.ask("/support", "Hi?")).isInstanceOf(TurnCompleted.class);

			assertThat(this.provider.exchange(2).join().request().messages()).last()
				.satisfies((message) -> assertThat(message.path("content").asString()).contains("lookup"));
			assertThat(agents.incarnation("/support")).isEqualTo(1);
		}
	}

	@Test
	void endlessToolCallsSpendTheSteps() {
		this.provider.otherwise(Reply.toolCall("lookup", "{\"id\":\"ORD-1\"}"));

		try (RunningAgents agents = agents(Budget.defaults().withSteps(4), lookup())) {
			TurnEvent end = agents.ask("/support", "Hi?");

			assertThat(end).isInstanceOfSatisfying(TurnFailed.class,
					(failed) -> assertThat(failed.failure()).isEqualTo("budget-spent"));
			assertThat(this.provider.exchanges()).hasSize(4);
		}
	}

	@ParameterizedTest
	@MethodSource
	void aFailureOfTheProviderFailsTheTurnAndTheAgentLives(Reply failure, String expected) {
		this.provider.enqueue(failure, Reply.answer("Back again."));

		try (RunningAgents agents = new RunningAgents(ModelAgent.builder("support")
			.model(this.model)
			.recovery(RecoveryPolicy.defaults().withMaxAttempts(0))
			.build())) {
			TurnEvent failed = agents.ask("/support", "Hi?");
			TurnEvent next = agents.ask("/support", "Hi again?");

			assertThat(failed).isInstanceOfSatisfying(TurnFailed.class,
					(event) -> assertThat(event.failure()).isEqualTo(expected));
			assertThat(next).isInstanceOf(TurnCompleted.class);
			assertThat(agents.incarnation("/support")).isEqualTo(1);
			assertThat(this.provider.exchange(2).join().request().messages()).hasSize(1);
		}
	}

	static Stream<Arguments> aFailureOfTheProviderFailsTheTurnAndTheAgentLives() {
		return Stream.of(argumentSet("429", Reply.rateLimited(Duration.ofSeconds(3)), "rate-limited"),
				argumentSet("500", Reply.serverError(), "provider-error"),
				argumentSet("503", Reply.overloaded(), "overloaded"),
				argumentSet("overflow", Reply.contextLengthExceeded(), "context-overflow"),
				argumentSet("401", Reply.unauthorized(), "authentication"),
				argumentSet("400", Reply.error(400, "invalid_request_error", "nonsense", "What?"), "bad-request"),
				argumentSet("cut at once", Reply.stream("a", "b").closingAfter(0), "network"),
				argumentSet("cut in the middle", Reply.stream("a", "b").closingAfter(1), "network"),
				argumentSet("malformed", Reply.stream("a", "b").malformedAfter(1), "invalid-output"),
				argumentSet("filtered", Reply.stream("a").withFinishReason("content_filter"), "refused"),
				argumentSet("empty", Reply.answer(""), "invalid-output"));
	}

	@Test
	void aProviderThatStallsIsLeftWhenTimeIsUp() {
		this.provider.enqueue(Reply.stream("a", "b").stallingAfter(1));

		try (RunningAgents agents = agents(Budget.defaults().withTime(Duration.ofSeconds(1)))) {
			TurnEvent failed = agents.ask("/support", "Hi?");

			assertThat(failed).isInstanceOfSatisfying(TurnFailed.class, (event) -> {
				assertThat(event.failure()).isEqualTo("budget-spent");
				assertThat(event.detail()).contains("PT1S");
			});
			assertThat(agents.incarnation("/support")).isEqualTo(1);
		}
	}

	@Test
	void leavingAStreamClosesTheConnection() {
		this.provider.enqueue(endless());

		try (RunningAgents agents = agents(Budget.defaults())) {
			StepVerifier.create(agents.agent("/support").stream(agents.request("Hi?"), TurnEvent.class))
				.expectNext(new TurnStarted("t1"), new Token("t1", "a"))
				.thenCancel()
				.verify(RunningAgents.LIMIT);

			assertThat(this.provider.exchange(1).join().clientClose()).succeedsWithin(RunningAgents.LIMIT);
		}
	}

	@Test
	void aStreamThatTakesTooLongIsClosed() {
		this.provider.enqueue(Reply.answer("first"), endless());
		// the first call of a JVM may take longer than the turn has
		StepVerifier.create(this.model.stream("Hi?").then()).expectComplete().verify(RunningAgents.LIMIT);

		try (RunningAgents agents = agents(Budget.defaults().withTime(Duration.ofSeconds(1)))) {
			assertThat(agents.ask("/support", "Hi?")).isInstanceOf(TurnFailed.class);

			assertThat(this.provider.exchange(2).join().clientClose()).succeedsWithin(RunningAgents.LIMIT);
		}
	}

	/**
	 * The client cannot close a connection while it waits for a token, so tokens go on
	 * coming.
	 */
	private static Reply endless() {
		return Reply.stream(Collections.nCopies(10_000, "a").toArray(String[]::new)).withPace(Duration.ofMillis(10));
	}

	private RunningAgents agents(Budget budget, ToolCallback... tools) {
		return new RunningAgents(
				ModelAgent.builder("support").model(this.model).budget(budget).tools(List.of(tools)).build());
	}

	private static ToolCallback lookup() {
		return FunctionToolCallback.builder("lookup", (Order order) -> order.id() + " shipped")
			.description("Finds an order")
			.inputType(Order.class)
			.build();
	}

	record Order(String id) {

	}

}
