package io.switchboard.autoconfigure.line;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.switchboard.AgentPath;
import io.switchboard.ai.turn.Token;
import io.switchboard.runtime.AgentSystem;
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

	private static final AgentPath DESK = AgentPath.of("/desk");

	private final FakeProvider provider = FakeProvider.start();

	@AfterEach
	void close() {
		this.provider.close();
	}

	@ParameterizedTest
	@MethodSource("cases")
	void theConnectionIsClosed(String client, Phase phase, Ending ending, CapturedOutput output) {
		this.provider.otherwise(phase.reply);

		ApplicationContextRunner runner = Clients.one(client, this.provider)
			.withPropertyValues("switchboard.agents.support.restart=temporary",
					"switchboard.agents.support.supervisor=desk", "switchboard.supervisors.desk.strategy=one-for-one",
					// nothing of this may be spent on the turn
					"switchboard.agents.support.shutdown=10m");

		runner.run((context) -> {
			CountDownLatch token = new CountDownLatch(1);
			Disposable turn = Clients.turn(context, "desk/support")
				.doOnNext((event) -> countDown(token, event instanceof Token))
				.onErrorComplete()
				.subscribe();
			Exchange exchange = this.provider.exchange(1).get(60, TimeUnit.SECONDS);
			assertThat(phase == Phase.NOT_BEGUN || token.await(60, TimeUnit.SECONDS)).isTrue();

			ending.end(turn, context.getSourceApplicationContext());

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
				Exchange exchange = this.provider.exchange(2).get(60, TimeUnit.SECONDS);

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
		return Stream.of("openai", "anthropic", "ollama")
			.flatMap((client) -> Stream.of(Phase.values())
				.flatMap((phase) -> Stream.of(Ending.values())
					.map((ending) -> argumentSet("%s, %s, %s".formatted(client, phase, ending), client, phase,
							ending))));
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

	enum Ending {

		SUBSCRIBER_LEAVES {
			@Override
			void end(Disposable turn, ConfigurableApplicationContext context) {
				turn.dispose();
			}
		},

		AGENT_STOPS {
			@Override
			void end(Disposable turn, ConfigurableApplicationContext context) {
				AgentSystem system = context.getBean(AgentSystem.class);
				system.supervisor(DESK).terminateChild("support").block(Clients.LIMIT);
			}
		},

		SUPERVISOR_STOPS {
			@Override
			void end(Disposable turn, ConfigurableApplicationContext context) {
				AgentSystem system = context.getBean(AgentSystem.class);
				system.supervisor(AgentPath.ROOT).terminateChild("desk").block(Clients.LIMIT);
			}
		},

		AGENT_IS_KILLED {
			@Override
			void end(Disposable turn, ConfigurableApplicationContext context) {
				AgentSystem system = context.getBean(AgentSystem.class);
				system.control(DESK.child("support")).kill().block(Clients.LIMIT);
			}
		},

		APPLICATION_STOPS {
			@Override
			void end(Disposable turn, ConfigurableApplicationContext context) {
				context.close();
			}
		};

		abstract void end(Disposable turn, ConfigurableApplicationContext context);

	}

}
