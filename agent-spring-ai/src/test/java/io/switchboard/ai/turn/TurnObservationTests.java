package io.switchboard.ai.turn;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import io.switchboard.ai.failure.FailureClass;
import io.switchboard.ai.failure.TurnFailure;
import io.switchboard.ai.failure.TurnFailureException;
import io.switchboard.ai.recovery.Ladder;
import io.switchboard.ai.recovery.RecoveryPolicy;
import io.switchboard.ai.tool.ToolFailedException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.tool.ToolCallback;

import static org.assertj.core.api.Assertions.assertThat;

class TurnObservationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final TurnRequest REQUEST = new TurnRequest("t1", "Hi?");

	private final FixtureContext context = new FixtureContext();

	private final FixtureModel model = new FixtureModel();

	private final FixtureObservations observed = new FixtureObservations();

	@AfterEach
	void close() {
		this.context.close();
	}

	@Test
	void aModelCallIsAStepAndSpringAiIsBelow() {
		this.model.says("Hello.");

		run(runner()).blockLast(PATIENCE);

		assertThat(this.observed.tree()).containsExactly(
				"switchboard.turn agent=support failure=none outcome=completed",
				"  switchboard.turn.step agent=support failure=none kind=model outcome=completed rung=none tool=none",
				"    spring.ai.chat.client");
	}

	@Test
	void aTurnTellsWhoLeadsItWhereThatIsNoTagOfMeters() {
		this.model.says("Hello.");

		run(runner()).blockLast(PATIENCE);

		TestObservationRegistryAssert.assertThat(this.observed.registry)
			.hasObservationWithNameEqualTo("switchboard.turn")
			.that()
			.hasContextualNameEqualTo("turn support")
			.hasHighCardinalityKeyValue("agent.path", "/desk/support/ann")
			.hasHighCardinalityKeyValue("agent.incarnation", "7")
			.hasHighCardinalityKeyValue("agent.version", "v2")
			.hasHighCardinalityKeyValue("turn", "t1");
	}

	@Test
	void aToolIsAStepAndWhatItDoesIsBelow() {
		this.model.calls(FixtureModel.call("c1", "lookup", "{}")).says("Shipped.");
		FixtureTool lookup = new FixtureTool("lookup", () -> {
			Observation.start("request", this.observed.registry).stop();
			return "shipped";
		});

		run(runner(lookup)).blockLast(PATIENCE);

		assertThat(this.observed.tree()).containsExactly(
				"switchboard.turn agent=support failure=none outcome=completed",
				"  switchboard.turn.step agent=support failure=none kind=model outcome=completed rung=none tool=none",
				"    spring.ai.chat.client",
				"  switchboard.turn.step agent=support failure=none kind=tool outcome=completed rung=none tool=lookup",
				"    request",
				"  switchboard.turn.step agent=support failure=none kind=model outcome=completed rung=none tool=none",
				"    spring.ai.chat.client");
	}

	@Test
	void namesThatTheModelMakesUpAreNoTags() {
		this.model.calls(FixtureModel.call("c1", "made-up-17", "{}")).says("Sorry.");

		run(runner()).blockLast(PATIENCE);

		assertThat(this.observed.tree()).contains(
				"  switchboard.turn.step agent=support failure=unknown-tool kind=tool outcome=failed rung=none tool=unknown");
	}

	@Test
	void aFailedToolIsAFailedStepAndTheNextTellsItsRung() {
		this.model.calls(FixtureModel.call("c1", "lookup", "{}")).says("Sorry.");

		run(runner(new FixtureTool("lookup", () -> {
			throw new ToolFailedException("there is no order 1");
		}))).blockLast(PATIENCE);

		assertThat(this.observed.tree()).contains("switchboard.turn agent=support failure=none outcome=completed",
				"  switchboard.turn.step agent=support failure=tool-failed kind=tool outcome=failed rung=none tool=lookup",
				"  switchboard.turn.step agent=support failure=none kind=model outcome=completed rung=feedback tool=none");
	}

	@Test
	void anAnswerOfNoUseIsAFailedStep() {
		this.model.says(" ").says("Hello.");

		run(runner()).blockLast(PATIENCE);

		assertThat(this.observed.tree()).contains(
				"  switchboard.turn.step agent=support failure=invalid-output kind=model outcome=failed rung=none tool=none",
				"  switchboard.turn.step agent=support failure=none kind=model outcome=completed rung=feedback tool=none");
	}

	@Test
	void aSummaryIsAStep() {
		this.model.answers(Flux.error(new TurnFailureException(TurnFailure.of(FailureClass.CONTEXT_OVERFLOW))))
			.says("The user is Ann.")
			.says("Hello.");
		TurnRunner runner = TurnRunner.builder(ChatClient.create(this.model, this.observed.registry))
			.recovery(RecoveryPolicy.defaults().with(FailureClass.CONTEXT_OVERFLOW, Ladder.of("summarize")))
			.agent("support", "v2")
			.observations(this.observed.registry)
			.build();

		runner.run(REQUEST, List.of(new UserMessage("I am Ann."), new AssistantMessage("Hi.")), this.context)
			.blockLast(PATIENCE);

		String step = "  switchboard.turn.step agent=support failure=none kind=model outcome=completed rung=summarize tool=none";
		assertThat(this.observed.tree()).containsExactly(
				"switchboard.turn agent=support failure=none outcome=completed",
				"  switchboard.turn.step agent=support failure=context-overflow kind=model outcome=failed rung=none tool=none",
				"    spring.ai.chat.client", step, "    spring.ai.chat.client", step, "    spring.ai.chat.client");
	}

	@Test
	void aTurnThatHasGotOnIsAtNoRung() {
		this.model.says(" ").calls(FixtureModel.call("c1", "lookup", "{}")).says("Shipped.");

		run(runner(new FixtureTool("lookup", () -> "shipped"))).blockLast(PATIENCE);

		assertThat(this.observed.tree()).filteredOn((line) -> line.contains("turn.step"))
			.containsExactly(
					"  switchboard.turn.step agent=support failure=invalid-output kind=model outcome=failed rung=none tool=none",
					"  switchboard.turn.step agent=support failure=none kind=model outcome=completed rung=feedback tool=none",
					"  switchboard.turn.step agent=support failure=none kind=tool outcome=completed rung=feedback tool=lookup",
					"  switchboard.turn.step agent=support failure=none kind=model outcome=completed rung=none tool=none");
	}

	@Test
	void aTurnThatIsGivenUpTellsItsFailureWithoutTheProvidersWords() {
		this.model.answers(Flux.error(new IOException("secret")));

		run(runner()).blockLast(PATIENCE);

		assertThat(this.observed.tree()).startsWith("switchboard.turn agent=support failure=network outcome=failed",
				"  switchboard.turn.step agent=support failure=network kind=model outcome=failed rung=none tool=none");
		TestObservationRegistryAssert.assertThat(this.observed.registry)
			.forAllObservationsWithNameEqualTo("switchboard.turn.step",
					(step) -> step.thenError().hasMessageNotContaining("secret").hasMessageContaining("network"));
	}

	@Test
	void aCrashEndsTheObservationsOfItsLifeAndTheNextLifeHasItsOwn() {
		AtomicReference<RuntimeException> bug = new AtomicReference<>(new TestException("bug"));
		FixtureTool lookup = new FixtureTool("lookup", () -> {
			RuntimeException thrown = bug.getAndSet(null);
			if (thrown != null) {
				throw thrown;
			}
			return "shipped";
		});
		this.model.calls(FixtureModel.call("c1", "lookup", "{}")).says("Shipped.");
		TurnRunner runner = runner(lookup);

		StepVerifier.create(run(runner)).thenConsumeWhile((event) -> true).expectErrorMessage("bug").verify(PATIENCE);
		run(runner).blockLast(PATIENCE);

		assertThat(this.observed.tree()).containsExactly("switchboard.turn agent=support failure=bug outcome=crashed",
				"  switchboard.turn.step agent=support failure=none kind=model outcome=completed rung=none tool=none",
				"    spring.ai.chat.client",
				"  switchboard.turn.step agent=support failure=bug kind=tool outcome=failed rung=none tool=lookup",
				"switchboard.turn agent=support failure=none outcome=completed",
				"  switchboard.turn.step agent=support failure=none kind=model outcome=completed rung=restart tool=none",
				"    spring.ai.chat.client");
	}

	@Test
	void aCancelledTurnEndsWithItsStep() {
		this.model.answers(
				Flux.just(FixtureModel.response(new AssistantMessage("Hel"))).concatWith(Flux.<ChatResponse>never()));

		StepVerifier.create(run(runner())).expectNextCount(2).thenCancel().verify(PATIENCE);

		assertThat(this.observed.tree()).startsWith("switchboard.turn agent=support failure=none outcome=cancelled",
				"  switchboard.turn.step agent=support failure=none kind=model outcome=cancelled rung=none tool=none");
	}

	@Test
	void aTurnIsBelowWhatItsAskerIsObservedBy() {
		this.model.says("Hello.");
		Observation request = Observation.start("http.server.requests", this.observed.registry);

		run(runner()).contextWrite((context) -> context.put(ObservationThreadLocalAccessor.KEY, request))
			.doFinally((signal) -> request.stop())
			.blockLast(PATIENCE);

		assertThat(this.observed.tree()).startsWith("http.server.requests",
				"  switchboard.turn agent=support failure=none outcome=completed");
	}

	@Test
	void wherePartsAreNotWantedTheRestIsBelowTheOthers() {
		this.observed.registry.observationConfig()
			.observationPredicate((name, context) -> !name.equals("switchboard.turn"));
		this.model.says("Hello.");
		Observation request = Observation.start("http.server.requests", this.observed.registry);

		run(runner()).contextWrite((context) -> context.put(ObservationThreadLocalAccessor.KEY, request))
			.doFinally((signal) -> request.stop())
			.blockLast(PATIENCE);

		assertThat(this.observed.tree()).containsExactly("http.server.requests",
				"  switchboard.turn.step agent=support failure=none kind=model outcome=completed rung=none tool=none",
				"    spring.ai.chat.client");
	}

	@Test
	void nothingIsMadeWhereNobodyLooks() {
		List<Boolean> carried = new CopyOnWriteArrayList<>();
		this.model.calls(FixtureModel.call("c1", "lookup", "{}")).says("Hello.");
		TurnConversation conversation = new TurnConversation() {

			@Override
			public Mono<List<Message>> read() {
				return Mono.deferContextual((view) -> {
					carried.add(view.hasKey(ObservationThreadLocalAccessor.KEY));
					return Mono.just(List.of());
				});
			}

			@Override
			public Mono<Void> add(String id, List<Message> turn) {
				return Mono.empty();
			}

			@Override
			public Mono<Void> replace(String id, List<Message> history, List<Message> turn) {
				return Mono.empty();
			}

		};
		TurnRunner runner = TurnRunner.builder(ChatClient.create(this.model))
			.tools(List.of(new FixtureTool("lookup", () -> "ok")))
			.observations(new UntouchableRegistry())
			.build();

		TurnEvent last = runner.run(REQUEST, conversation, this.context).blockLast(PATIENCE);

		assertThat(last).isInstanceOf(TurnCompleted.class);
		assertThat(carried).containsExactly(false);
	}

	@Test
	void listenersLearnWhatCallsCostAndWhatTurnsRecoverFrom() {
		List<String> told = new CopyOnWriteArrayList<>();
		TurnListener broken = new TurnListener() {

			@Override
			public void answered(String agent, Usage usage, BigDecimal cost) {
				throw new TestException("broken");
			}

		};
		this.model.says(" ").says("Hello.");
		TurnRunner runner = TurnRunner.builder(ChatClient.create(this.model))
			.agent("support", "")
			.prices(new Prices(Map.of("fixture", new Price(BigDecimal.valueOf(100_000), BigDecimal.ZERO))))
			.listeners(List.of(broken, new TurnListener() {

				@Override
				public void answered(String agent, Usage usage, BigDecimal cost) {
					told.add("%s %d %d %s".formatted(agent, usage.inputTokens(), usage.outputTokens(),
							cost.stripTrailingZeros().toPlainString()));
				}

				@Override
				public void recovering(String agent, Recovering recovering) {
					told.add("%s %s %s".formatted(agent, recovering.failure(), recovering.rung()));
				}

			}))
			.build();

		run(runner).blockLast(PATIENCE);

		assertThat(told).containsExactly("support 10 2 1", "support invalid-output feedback", "support 10 2 1");
	}

	private TurnRunner runner(ToolCallback... tools) {
		return TurnRunner.builder(ChatClient.create(this.model, this.observed.registry))
			.tools(List.of(tools))
			.recovery(RecoveryPolicy.defaults().with(FailureClass.NETWORK, Ladder.of()))
			.agent("support", "v2")
			.observations(this.observed.registry)
			.build();
	}

	private Flux<TurnEvent> run(TurnRunner runner) {
		return runner.run(REQUEST, List.of(), this.context);
	}

	/**
	 * A registry that nobody looks at, and that must be left alone.
	 */
	private static final class UntouchableRegistry implements ObservationRegistry {

		@Override
		public boolean isNoop() {
			return true;
		}

		@Override
		public @Nullable Observation getCurrentObservation() {
			throw new AssertionError("nobody looks");
		}

		@Override
		public Observation.@Nullable Scope getCurrentObservationScope() {
			throw new AssertionError("nobody looks");
		}

		@Override
		public void setCurrentObservationScope(Observation.@Nullable Scope current) {
			throw new AssertionError("nobody looks");
		}

		@Override
		public ObservationConfig observationConfig() {
			throw new AssertionError("nobody looks");
		}

	}

}
