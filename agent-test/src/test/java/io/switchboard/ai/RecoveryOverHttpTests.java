package io.switchboard.ai;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import io.switchboard.ai.failure.FailureClass;
import io.switchboard.ai.failure.TurnFailure;
import io.switchboard.ai.recovery.Ladder;
import io.switchboard.ai.recovery.RecoveryPolicy;
import io.switchboard.ai.recovery.RetryDelay;
import io.switchboard.ai.turn.Recovering;
import io.switchboard.ai.turn.Token;
import io.switchboard.ai.turn.TurnCompleted;
import io.switchboard.ai.turn.TurnEvent;
import io.switchboard.ai.turn.TurnFailed;
import io.switchboard.test.provider.Completion;
import io.switchboard.test.provider.Exchange;
import io.switchboard.test.provider.FakeProvider;
import io.switchboard.test.provider.ModelClient;
import io.switchboard.test.provider.ProviderError;
import io.switchboard.test.provider.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.tool.function.FunctionToolCallback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

/**
 * What the default ladders make of each failure of a provider, with Spring AI's real
 * clients on a real socket, when the next try goes well: what the client is told, and
 * what the provider is asked. How ladders end is seen in {@link LaddersOverHttpTests}.
 */
class RecoveryOverHttpTests {

	private static final RecoveryPolicy HASTY = RecoveryPolicy.defaults()
		.withDelay(new RetryDelay(Duration.ofMillis(1), Duration.ofSeconds(10)));

	private final FakeProvider provider = FakeProvider.start();

	@AfterEach
	void close() {
		this.provider.close();
	}

	@ParameterizedTest
	@MethodSource("recoveries")
	void aTurnIsSaved(ModelClient client, Reply failure, String expected, String asked) {
		this.provider.enqueue(Reply.answer("Hello Ann."), failure, Reply.answer("Fine."));

		try (RunningAgents agents = agents(client, HASTY)) {
			agents.ask("/support", "I am Ann.");
			List<TurnEvent> events = agents.turn("/support", "Hi?");

			assertThat(told(events)).isEqualTo(expected);
			assertThat(asked(2)).containsExactly(asked.split(" "));
			assertThat(agents.incarnation("/support")).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@MethodSource("recoveries")
	void anAskIsAnsweredAllTheSame(ModelClient client, Reply failure, String expected, String asked) {
		this.provider.enqueue(Reply.answer("Hello Ann."), failure, Reply.answer("Fine."));

		try (RunningAgents agents = agents(client, HASTY)) {
			agents.ask("/support", "I am Ann.");
			TurnEvent end = agents.ask("/support", "Hi?");

			assertThat(end).isInstanceOfSatisfying(TurnCompleted.class,
					(completed) -> assertThat(completed.answer()).isEqualTo("Fine."));
			assertThat(asked(2)).containsExactly(asked.split(" "));
		}
	}

	static Stream<Arguments> recoveries() {
		Completion words = Reply.stream("a", "b");
		return Stream
			.of(row("429", Reply.rateLimited(Duration.ZERO), "rate-limited:retry Fine.", "usual/3 usual/3"),
					row("429, too large",
							Reply.error(429, "tokens", "rate_limit_exceeded", "Request too large for fake-model"),
							"context-overflow:compact Fine.", "usual/3 usual/1"),
					row("402", Reply.error(402, "billing_error", "402", "Insufficient credits"),
							"quota-spent:switch-model Fine.", "usual/3 other/3"),
					row("404", Reply.error(404, "not_found_error", "model_not_found", "model 'fake-model' not found"),
							"unknown-model:switch-model Fine.", "usual/3 other/3"),
					row("500", Reply.serverError(), "provider-error:retry Fine.", "usual/3 usual/3"),
					row("503", Reply.overloaded(), "overloaded:retry Fine.", "usual/3 usual/3"),
					row("504", Reply.error(504, "timeout_error", "timeout", "Too slow"), "timeout:switch-model Fine.",
							"usual/3 other/3"),
					row("cut at once", words.closingAfter(0), "network:retry Fine.", "usual/3 usual/3"),
					row("cut in the middle", words.closingAfter(1), "a network:switch-model Fine.", "usual/3 other/3"),
					row("malformed", words.malformedAfter(1), "a invalid-output:switch-model Fine.", "usual/3 other/3"),
					row("401", Reply.unauthorized(), "authentication:switch-model Fine.", "usual/3 other/3"),
					row("overflow", Reply.contextLengthExceeded(), "context-overflow:compact Fine.", "usual/3 usual/1"),
					row("error at once", words.failingAfter(0, Reply.serverError()), "provider-error:retry Fine.",
							"usual/3 usual/3"),
					row("error in the middle", words.failingAfter(1, Reply.serverError()),
							"a provider-error:switch-model Fine.", "usual/3 other/3"),
					row("empty", Reply.answer(""), "invalid-output:feedback Fine.", "usual/3 usual/4"),
					row("unknown tool", Reply.unknownTool(), "unknown-tool:feedback Fine.", "usual/3 usual/5"))
			.flatMap(Function.identity());
	}

	@ParameterizedTest
	@MethodSource
	void whatAnErrorInAStreamSaysCounts(ModelClient client, ProviderError error, String expected) {
		this.provider.enqueue(Reply.stream("a", "b").failingAfter(0, error), Reply.answer("Fine."));

		try (RunningAgents agents = agents(client, HASTY)) {
			assertThat(told(agents.turn("/support", "Hi?"))).isEqualTo(expected);
		}
	}

	/**
	 * Ollama's client keeps nothing of such an error.
	 */
	static Stream<Arguments> whatAnErrorInAStreamSaysCounts() {
		return Stream.of(ModelClient.OPENAI, ModelClient.ANTHROPIC)
			.flatMap((client) -> Stream.of(
					argumentSet(client + " overloaded", client, Reply.overloaded(), "overloaded:retry Fine."),
					argumentSet(client + " limited", client, Reply.rateLimited(Duration.ZERO),
							"rate-limited:retry Fine."),
					argumentSet(client + " key", client, Reply.unauthorized(), "authentication:switch-model Fine.")));
	}

	@ParameterizedTest
	@MethodSource("losses")
	void aTurnThatCannotBeSavedFails(ModelClient client, Reply failure, String expected) {
		this.provider.enqueue(failure, Reply.answer("Fine."));

		try (RunningAgents agents = agents(client, HASTY)) {
			List<TurnEvent> events = agents.turn("/support", "Hi?");

			assertThat(told(events)).isEqualTo(expected);
			assertThat(agents.ask("/support", "Hi again?")).isInstanceOf(TurnCompleted.class);
			assertThat(asked(1)).containsExactly("usual/1", "usual/1");
		}
	}

	@ParameterizedTest
	@MethodSource("losses")
	void anAskThatCannotBeSavedIsToldSo(ModelClient client, Reply failure, String expected) {
		this.provider.enqueue(failure, Reply.answer("Fine."));

		try (RunningAgents agents = agents(client, HASTY)) {
			assertThat(agents.ask("/support", "Hi?")).isInstanceOfSatisfying(TurnFailed.class,
					(failed) -> assertThat(expected).endsWith(failed.failure()));
			assertThat(agents.ask("/support", "Hi again?")).isInstanceOf(TurnCompleted.class);
			assertThat(asked(1)).containsExactly("usual/1", "usual/1");
		}
	}

	@ParameterizedTest
	@CsvSource({ "OPENAI, refused", "ANTHROPIC, No. refused" })
	void aModelThatDeclinesIsNotAskedAgain(ModelClient client, String expected) {
		this.provider.enqueue(Reply.refusal("No."), Reply.answer("Fine."));

		try (RunningAgents agents = agents(client, HASTY)) {
			assertThat(told(agents.turn("/support", "Hi?"))).isEqualTo(expected);
			assertThat(asked(1)).containsExactly("usual/1");
		}
	}

	static Stream<Arguments> losses() {
		return Stream
			.of(row("400", Reply.error(400, "invalid_request_error", "nonsense", "What?"), "bad-request"),
					row("403, moderation",
							Reply.error(403, "moderation", "403",
									"The model requires moderation, your input was flagged"),
							"refused"),
					row("filtered", Reply.stream("a").withFinishReason("content_filter"), "a refused"))
			.flatMap(Function.identity());
	}

	@ParameterizedTest
	@EnumSource
	void aProviderThatAsksForMoreTimeThanAllowedIsLeft(ModelClient client) {
		this.provider.enqueue(Reply.rateLimited(Duration.ofMinutes(5)), Reply.answer("Fine."));

		try (RunningAgents agents = agents(client, HASTY)) {
			assertThat(told(agents.turn("/support", "Hi?"))).isEqualTo("rate-limited:switch-model Fine.");
			assertThat(asked(1)).containsExactly("usual/1", "other/1");
		}
	}

	@ParameterizedTest
	@EnumSource
	void anotherProviderTakesOver(ModelClient client) {
		ModelClient other = ModelClient.values()[(client.ordinal() + 1) % ModelClient.values().length];
		this.provider.enqueue(Reply.toolCall("lookup", "{}"), Reply.unauthorized(), Reply.answer("Fine."));

		try (RunningAgents agents = new RunningAgents(ModelAgent.builder("support")
			.model(model(client, "usual"))
			.fallback(model(other, "other"))
			.tools(List.of(FunctionToolCallback.builder("lookup", () -> "shipped").description("Finds").build()))
			.build())) {
			assertThat(told(agents.turn("/support", "Hi?"))).isEqualTo("authentication:switch-model Fine.");
			assertThat(asked(1)).containsExactly("usual/1", "usual/3", "other/3");
			assertThat(this.provider.exchanges()).extracting((exchange) -> exchange.request().protocol())
				.containsExactly(client.protocol(), client.protocol(), other.protocol());
		}
	}

	@Test
	void anObjectionIsToldToTheModel() {
		this.provider.enqueue(Reply.answer("Oui."), Reply.answer("Ja."));

		try (RunningAgents agents = new RunningAgents(ModelAgent.builder("support")
			.model(model("usual"))
			.check((answer) -> answer.equals("Oui.") ? TurnFailure.of(FailureClass.WRONG_LANGUAGE, "Answer in German")
					: null)
			.build())) {
			assertThat(told(agents.turn("/support", "Hi?"))).isEqualTo("Oui. wrong-language:feedback Ja.");
			assertThat(this.provider.exchange(2).join().request().messages()).last()
				.satisfies((message) -> assertThat(message.path("content").asString()).contains("Answer in German"));
		}
	}

	@Test
	void otherOptionsReachTheProvider() {
		this.provider.enqueue(Reply.answer(""), Reply.answer("Fine."));

		try (RunningAgents agents = agents(
				HASTY.with(FailureClass.INVALID_OUTPUT, Ladder.of("options(temperature=0.25 max-tokens=77)")))) {
			assertThat(told(agents.turn("/support", "Hi?"))).isEqualTo("invalid-output:options Fine.");
			assertThat(this.provider.exchange(2).join().request().body().path("temperature").asDouble())
				.isEqualTo(0.25);
			assertThat(this.provider.exchange(2).join().request().body().toString()).contains(":77");
		}
	}

	@Test
	void theConversationIsForgottenAndTheTurnBeginsAnew() {
		this.provider.enqueue(Reply.answer("Hello Ann."), Reply.answer(""), Reply.answer("Fine."));
		Conversations conversations = Conversations.inMemory();

		try (RunningAgents agents = new RunningAgents(ModelAgent.builder("support")
			.model(model("usual"))
			.conversations(conversations)
			.recovery(HASTY.with(FailureClass.INVALID_OUTPUT, Ladder.of("restart-conversation")))
			.build())) {
			agents.ask("/support", "I am Ann.");

			assertThat(told(agents.turn("/support", "Hi?"))).isEqualTo("invalid-output:restart-conversation Fine.");
			assertThat(asked(2)).containsExactly("usual/3", "usual/1");
			assertThat(RunningAgents.said(conversations, "/support")).containsExactly("Hi?", "Fine.");
		}
	}

	@Test
	void theNextLifeGoesOnWithoutAskingForWhatWasThere() {
		this.provider.enqueue(Reply.toolCall("lookup", "{}"), Reply.overloaded(), Reply.answer("Fine."));

		try (RunningAgents agents = new RunningAgents(ModelAgent.builder("support")
			.model(model("usual"))
			.tools(List.of(FunctionToolCallback.builder("lookup", () -> "shipped").description("Finds").build()))
			.recovery(HASTY.with(FailureClass.OVERLOADED, Ladder.of("restart")))
			.build())) {
			List<TurnEvent> events = agents.turn("/support", "Hi?");

			assertThat(events).extracting(TurnEvent::type)
				.containsExactly("turn-started", "tool-call", "tool-result", "recovering", "token", "turn-completed");
			assertThat(asked(1)).containsExactly("usual/1", "usual/3", "usual/3");
			assertThat(agents.incarnation("/support")).isEqualTo(2);
		}
	}

	private static Stream<Arguments> row(String name, Object... arguments) {
		return Arrays.stream(ModelClient.values())
			.map((client) -> argumentSet(client + " " + name,
					Stream.concat(Stream.of(client), Arrays.stream(arguments)).toArray()));
	}

	private RunningAgents agents(RecoveryPolicy policy) {
		return agents(ModelClient.OPENAI, policy);
	}

	private RunningAgents agents(ModelClient client, RecoveryPolicy policy) {
		return new RunningAgents(ModelAgent.builder("support")
			.model(model(client, "usual"))
			.fallback(model(client, "other"))
			.recovery(policy)
			.build());
	}

	private ChatModel model(String name) {
		return model(ModelClient.OPENAI, name);
	}

	private ChatModel model(ModelClient client, String name) {
		return client.model(this.provider.rootUrl(), name);
	}

	/**
	 * What a client is told after the start: text, what is done about failures, the end
	 * if it is none.
	 */
	private static String told(List<TurnEvent> events) {
		List<String> result = new ArrayList<>();
		for (TurnEvent event : events) {
			if (event instanceof Token token) {
				result.add(token.text());
			}
			else if (event instanceof Recovering recovering) {
				result.add(recovering.failure() + ":" + recovering.rung());
			}
			else if (event instanceof TurnFailed failed) {
				result.add(failed.failure());
			}
		}
		return String.join(" ", result);
	}

	/**
	 * Which model the provider was asked for, with how many messages.
	 */
	private List<String> asked(int from) {
		List<String> result = new ArrayList<>();
		List<Exchange> exchanges = this.provider.exchanges();
		for (Exchange exchange : exchanges.subList(from - 1, exchanges.size())) {
			result.add(exchange.request().model() + "/" + exchange.request().messages().size());
		}
		return result;
	}

}
