package io.switchboard.autoconfigure.line;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

import io.switchboard.ai.turn.Token;
import io.switchboard.test.provider.Exchange;
import io.switchboard.test.provider.FakeProvider;
import io.switchboard.test.provider.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

/**
 * Whoever cancels a model call, and however far it has come: the connection to the
 * provider is closed.
 */
@ExtendWith(OutputCaptureExtension.class)
class CancelledCallsTests {

	/** Without a line, it takes until the next token, or for ever. */
	private static final Duration SOON = Duration.ofSeconds(5);

	private final FakeProvider provider = FakeProvider.start();

	@AfterEach
	void close() {
		this.provider.close();
	}

	@ParameterizedTest
	@MethodSource("cases")
	void theConnectionIsClosed(String client, Phase phase,
			BiConsumer<Disposable, ConfigurableApplicationContext> ending, CapturedOutput output) {
		this.provider.otherwise(phase.reply);

		ApplicationContextRunner runner = Clients.belowADesk(client, this.provider)
			.withPropertyValues("switchboard.agents.support.restart=temporary");

		runner.run((context) -> {
			CountDownLatch token = new CountDownLatch(1);
			Disposable turn = Clients.turn(context, "desk/support")
				.doOnNext((event) -> countDown(token, event instanceof Token))
				.onErrorComplete()
				.subscribe();
			Exchange exchange = Clients.exchange(this.provider, 1);
			assertThat(phase == Phase.NOT_BEGUN || token.await(60, TimeUnit.SECONDS)).isTrue();

			ending.accept(turn, context.getSourceApplicationContext());

			assertThat(exchange.clientClose()).succeedsWithin(SOON);
			assertThat(this.provider.exchanges()).hasSize(1);
		});
		assertThat(output.toString()).doesNotContain("Aggregation Error", "onErrorDropped");
	}

	@ParameterizedTest
	@ValueSource(strings = { "openai", "anthropic", "ollama" })
	void theConnectionOfACallWithOtherOptionsIsClosedToo(String client) {
		this.provider.enqueue(Reply.answer(" "), Reply.silence());

		Clients.one(client, this.provider)
			.withPropertyValues("switchboard.agents.support.recovery.invalid-output=options(temperature=0.5)")
			.run((context) -> {
				Disposable turn = Clients.turn(context, "support").subscribe();
				Exchange exchange = Clients.exchange(this.provider, 2);

				turn.dispose();

				assertThat(exchange.clientClose()).succeedsWithin(SOON);
			});
	}

	private static void countDown(CountDownLatch latch, boolean condition) {
		if (condition) {
			latch.countDown();
		}
	}

	static Stream<Arguments> cases() {
		Map<String, BiConsumer<Disposable, ConfigurableApplicationContext>> endings = new LinkedHashMap<>();
		endings.put("SUBSCRIBER_LEAVES", (turn, context) -> turn.dispose());
		Stream.of(AgentEnding.values())
			.forEach((ending) -> endings.put(ending.name(), (turn, context) -> ending.end(context)));
		return Stream.of("openai", "anthropic", "ollama")
			.flatMap((client) -> Stream.of(Phase.values())
				.flatMap((phase) -> endings.entrySet()
					.stream()
					.map((ending) -> argumentSet("%s, %s, %s".formatted(client, phase, ending.getKey()), client, phase,
							ending.getValue()))));
	}

	enum Phase {

		NOT_BEGUN(Reply.silence()),

		GOING_ON(Reply.stream(Clients.tokens(10_000)).withPace(Duration.ofSeconds(20))),

		STALLED(Reply.stream(Clients.tokens(10)).stallingAfter(3));

		private final Reply reply;

		Phase(Reply reply) {
			this.reply = reply;
		}

	}

}
