package io.switchboard.autoconfigure.line;

import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.switchboard.AgentExitedException;
import io.switchboard.ExitReason;
import io.switchboard.ai.approval.Approvals;
import io.switchboard.ai.model.ModelProvider;
import io.switchboard.ai.turn.AwaitingApproval;
import io.switchboard.ai.turn.Recovering;
import io.switchboard.ai.turn.TurnEvent;
import io.switchboard.autoconfigure.chat.ModelProviders;
import io.switchboard.event.AgentEvent;
import io.switchboard.event.AgentEventListener;
import io.switchboard.test.provider.Exchange;
import io.switchboard.test.provider.FakeProvider;
import io.switchboard.test.provider.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

import org.springframework.ai.tool.annotation.Tool;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

/**
 * Whoever stops an agent, and whatever its turn waits for: it waits no longer, whoever
 * reads it is told, and the provider hears nothing of it any more. For turns that wait
 * for a model see {@link CancelledCallsTests}.
 */
class StoppedTurnsTests {

	private static final Duration LIMIT = Clients.LIMIT;

	private final FakeProvider provider = FakeProvider.start();

	@AfterEach
	void close() {
		this.provider.close();
	}

	@ParameterizedTest
	@MethodSource("cases")
	void theTurnIsCutOff(Waiting waiting, AgentEnding ending) {
		SlowTools tools = new SlowTools();
		Sinks.Empty<Void> killed = Sinks.empty();

		Clients.belowADesk("openai", this.provider)
			.withBean("slowTools", SlowTools.class, () -> tools)
			.withBean(AgentEventListener.class, () -> (event) -> {
				if (event instanceof AgentEvent.ShutdownTimedOut) {
					killed.tryEmitEmpty();
				}
			})
			.withPropertyValues("switchboard.agents.support.tools=slowTools",
					"switchboard.agents.busy.instructions=Take your time.")
			.withPropertyValues(waiting.properties)
			.run((context) -> {
				CompletableFuture<TurnEvent> told = waiting.begin(context, this.provider, tools);
				Approvals approvals = context.getBean(Approvals.class);
				int calls = this.provider.exchanges().size();

				ending.end(context.getSourceApplicationContext());

				assertThat(told).failsWithin(LIMIT)
					.withThrowableOfType(ExecutionException.class)
					.withCauseInstanceOf(AgentExitedException.class)
					.satisfies((ex) -> assertThat(((AgentExitedException) ex.getCause()).reason())
						.isEqualTo(ExitReason.shutdown()));
				waiting.check(tools);
				if (ending != AgentEnding.APPLICATION_STOPS) {
					// else they end with the application
					assertThat(approvals.waiting()).isEmpty();
				}
				// who was let through as another one stopped was cut off there
				assertThat(this.provider.exchanges().stream().skip(calls))
					.allSatisfy((exchange) -> assertThat(exchange.clientClose()).succeedsWithin(LIMIT));
				assertThatThrownBy(() -> killed.asMono().block(Duration.ZERO)).as("killed as its time was over")
					.isInstanceOf(IllegalStateException.class);
			});
	}

	static Stream<Arguments> cases() {
		return Stream.of(Waiting.values())
			.flatMap((waiting) -> EnumSet.complementOf(EnumSet.of(AgentEnding.AGENT_IS_KILLED))
				.stream()
				.map((ending) -> argumentSet("%s, %s".formatted(waiting, ending), waiting, ending)));
	}

	enum Waiting {

		IN_A_TOOL {
			@Override
			CompletableFuture<TurnEvent> begin(ApplicationContext context, FakeProvider provider, SlowTools tools)
					throws Exception {
				provider.enqueue(Reply.toolCall("lookUp", "{}"));
				CompletableFuture<TurnEvent> turn = turn(context).last().toFuture();
				assertThat(tools.begun.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).as("the tool was called").isTrue();
				return turn;
			}

			@Override
			void check(SlowTools tools) {
				assertThat(tools.interrupted).succeedsWithin(LIMIT);
			}
		},

		FOR_A_RETRY("switchboard.retry.longest=1h") {
			@Override
			CompletableFuture<TurnEvent> begin(ApplicationContext context, FakeProvider provider, SlowTools tools) {
				provider.enqueue(Reply.rateLimited(Duration.ofMinutes(10)));
				return begunWith(turn(context), Recovering.class);
			}
		},

		FOR_THE_PROVIDER("switchboard.providers.openAiChatModel.max-concurrent=1",
				"switchboard.providers.openAiChatModel.max-wait=1h") {
			@Override
			CompletableFuture<TurnEvent> begin(ApplicationContext context, FakeProvider provider, SlowTools tools) {
				provider.otherwise(Reply.silence());
				Clients.turn(context, "busy").onErrorComplete().subscribe();
				Exchange busy = Clients.exchange(provider, 1);
				CompletableFuture<TurnEvent> turn = turn(context).last().toFuture();
				ModelProvider shared = context.getBean(ModelProviders.class).get("openAiChatModel");
				Flux.interval(Duration.ofMillis(10))
					.filter((tick) -> !shared.status().waiting().isEmpty())
					.blockFirst(LIMIT);
				assertThat(busy.clientClose()).isNotDone();
				return turn;
			}
		},

		FOR_A_PERSON("switchboard.agents.support.needs-approval=lookUp") {
			@Override
			CompletableFuture<TurnEvent> begin(ApplicationContext context, FakeProvider provider, SlowTools tools) {
				provider.enqueue(Reply.toolCall("lookUp", "{}"));
				return begunWith(turn(context), AwaitingApproval.class);
			}
		};

		private final String[] properties;

		Waiting(String... properties) {
			this.properties = properties;
		}

		abstract CompletableFuture<TurnEvent> begin(ApplicationContext context, FakeProvider provider, SlowTools tools)
				throws Exception;

		void check(SlowTools tools) {
			assertThat(tools.begun.getCount()).as("the tool was called").isOne();
		}

		private static Flux<TurnEvent> turn(ApplicationContext context) {
			return Clients.turn(context, "desk/support");
		}

		private static CompletableFuture<TurnEvent> begunWith(Flux<TurnEvent> turn, Class<? extends TurnEvent> type) {
			CompletableFuture<Void> seen = new CompletableFuture<>();
			CompletableFuture<TurnEvent> told = turn.doOnNext((event) -> {
				if (type.isInstance(event)) {
					seen.complete(null);
				}
			}).last().toFuture();
			assertThat(CompletableFuture.anyOf(seen, told)).succeedsWithin(LIMIT);
			return told;
		}

	}

	/**
	 * A tool that takes as long as it may.
	 */
	static final class SlowTools {

		private final CountDownLatch begun = new CountDownLatch(1);

		private final CompletableFuture<Void> interrupted = new CompletableFuture<>();

		@Tool(description = "Looks it up")
		String lookUp() throws InterruptedException {
			this.begun.countDown();
			try {
				new CountDownLatch(1).await();
				return "never";
			}
			catch (InterruptedException ex) {
				this.interrupted.complete(null);
				throw ex;
			}
		}

	}

}
