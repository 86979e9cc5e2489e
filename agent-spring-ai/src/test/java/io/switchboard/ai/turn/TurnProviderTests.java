package io.switchboard.ai.turn;

import java.time.Duration;
import java.util.List;

import io.switchboard.ai.model.CallLimits;
import io.switchboard.ai.model.ModelProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.ai.chat.client.ChatClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for turns whose model is behind a shared provider.
 */
class TurnProviderTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final FixtureContext context = new FixtureContext().onOneThread();

	private final FixtureModel model = new FixtureModel();

	private final ModelProvider provider = ModelProvider.builder("fixture")
		.maxConcurrent(1)
		.maxWait(Duration.ofMinutes(10))
		.build();

	@AfterEach
	void close() {
		this.context.close();
	}

	@Test
	void aTurnThatWaitsSpendsNoTime() {
		Disposable taken = take();
		this.model.answers(Flux.never());

		StepVerifier.create(run(Budget.defaults().withTime(Duration.ofMinutes(1))))
			.expectNext(new TurnStarted("t1"))
			.then(() -> pass(Duration.ofMinutes(9)))
			.then(() -> assertThat(this.context.nearLimits).isEmpty())
			.then(taken::dispose)
			.then(() -> pass(Duration.ofSeconds(59)))
			.then(() -> assertThat(this.context.nearLimits).containsExactly("time 0.80"))
			.then(() -> pass(Duration.ofSeconds(1)))
			.expectNext(new TurnFailed("t1", "budget-spent", "No answer within the time limit PT1M"))
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void theLimitsOfACallBeginWhenItIsLetThrough() {
		Disposable taken = take();
		this.model.says("done");
		TurnRunner runner = builder(Budget.defaults()).limits(CallLimits.defaults()).build();

		StepVerifier.create(runner.run(new TurnRequest("t1", "Hi?"), List.of(), this.context))
			.expectNext(new TurnStarted("t1"))
			.then(() -> pass(Duration.ofMinutes(9)))
			.then(taken::dispose)
			.expectNext(new Token("t1", "done"))
			.expectNextMatches(TurnCompleted.class::isInstance)
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void aTurnThatIsCancelledGivesUpItsPlace() {
		Disposable taken = take();

		StepVerifier.create(run(Budget.defaults()))
			.expectNext(new TurnStarted("t1"))
			.then(() -> assertThat(this.provider.status().waiting()).hasSize(1))
			.thenCancel()
			.verify(PATIENCE);

		assertThat(this.provider.status().waiting()).isEmpty();
		taken.dispose();
		assertThat(this.provider.status().running()).isZero();
	}

	@Test
	void eachStepOfATurnIsACallOfTheProvider() {
		this.model.calls(FixtureModel.call("c1", "lookup", "{}")).says("done");
		TurnRunner runner = builder(Budget.defaults()).tools(List.of(new FixtureTool("lookup", () -> "ok"))).build();

		runner.run(new TurnRequest("t1", "Hi?"), List.of(), this.context).blockLast(PATIENCE);

		assertThat(this.provider.statistics().answered()).isEqualTo(2);
		assertThat(this.provider.status().running()).isZero();
	}

	private Disposable take() {
		return this.provider.call(this.context, Flux::never).subscribe();
	}

	private void pass(Duration time) {
		this.context.scheduler().advanceTimeBy(time);
	}

	private Flux<TurnEvent> run(Budget budget) {
		return builder(budget).build().run(new TurnRequest("t1", "Hi?"), List.of(), this.context);
	}

	private TurnRunner.Builder builder(Budget budget) {
		return TurnRunner.builder(ChatClient.create(this.model), this.model)
			.provider(this.provider)
			.limits(CallLimits.none())
			.budget(budget);
	}

}
