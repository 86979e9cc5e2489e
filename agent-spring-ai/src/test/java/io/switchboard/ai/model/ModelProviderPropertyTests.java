package io.switchboard.ai.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.switchboard.AgentPath;
import io.switchboard.ai.failure.FailureClass;
import io.switchboard.ai.failure.TurnFailure;
import io.switchboard.ai.failure.TurnFailureException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.Disposable;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls, answers, failures, cancels and time at random: whatever comes, the limits hold,
 * nobody is forgotten, and nobody is overtaken.
 */
class ModelProviderPropertyTests {

	private static final int STEPS = 2000;

	private static final long MINUTE = TimeUnit.MINUTES.toMillis(1);

	private final VirtualTimeScheduler clock = VirtualTimeScheduler.create();

	private final List<Call> calls = new ArrayList<>();

	private final List<Integer> begun = new ArrayList<>();

	private final List<Long> begunAt = new ArrayList<>();

	private final Map<Integer, Call> running = new LinkedHashMap<>();

	private int mostAtOnce;

	static List<Setup> whateverComesTheRulesHold() {
		List<Setup> setups = new ArrayList<>();
		for (int seed = 0; seed < 10; seed++) {
			setups.add(new Setup(seed, 1, 0));
			setups.add(new Setup(seed, 3, 0));
			setups.add(new Setup(seed, 3, 90));
			setups.add(new Setup(seed, 0, 30));
			setups.add(new Setup(seed, 0, 0));
		}
		return setups;
	}

	@ParameterizedTest
	@MethodSource
	void whateverComesTheRulesHold(Setup setup) {
		Random random = new Random(setup.seed());
		ModelProvider provider = ModelProvider.builder("test")
			.maxConcurrent(setup.maxConcurrent())
			.requestsPerMinute(setup.requestsPerMinute())
			.maxWait(Duration.ofSeconds(40))
			.build();

		for (int step = 0; step < STEPS; step++) {
			act(provider, random);
		}
		while (!this.running.isEmpty() || !provider.status().waiting().isEmpty()) {
			any(this.running.values(), random, (call) -> call.answer.tryEmitComplete().orThrow());
			this.clock.advanceTimeBy(Duration.ofSeconds(1));
		}

		assertThat(this.calls).allSatisfy((call) -> assertThat(call.over).as("call %d is over", call.number).isTrue());
		assertThat(this.begun).as("begun").isSorted();
		assertThat(provider.status().running()).isZero();
		if (setup.maxConcurrent() > 0) {
			assertThat(this.mostAtOnce).isLessThanOrEqualTo(setup.maxConcurrent());
		}
		if (setup.requestsPerMinute() > 0) {
			assertThat(mostInAMinute())
				.isLessThanOrEqualTo(setup.requestsPerMinute() + Math.max(1, setup.requestsPerMinute() / 60) + 1);
		}
	}

	private void act(ModelProvider provider, Random random) {
		switch (random.nextInt(10)) {
			case 0, 1, 2, 3 -> new Call(this.calls.size()).make(provider);
			case 4, 5 -> any(this.running.values(), random, (call) -> {
				call.answer.tryEmitNext("piece").orThrow();
				call.answer.tryEmitComplete().orThrow();
			});
			case 6 -> any(this.running.values(), random, (call) -> call.answer.tryEmitError(failure(random)).orThrow());
			case 7 -> any(this.calls, random, Call::leave);
			default -> this.clock.advanceTimeBy(Duration.ofMillis(random.nextInt(3000)));
		}
	}

	private static Throwable failure(Random random) {
		FailureClass[] classes = FailureClass.values();
		TurnFailure failure = TurnFailure.of(classes[random.nextInt(classes.length)]);
		Duration retryAfter = (random.nextInt(20) == 0) ? Duration.ofSeconds(random.nextInt(60)) : null;
		return random.nextBoolean() ? new IllegalStateException("a bug")
				: new TurnFailureException(failure.withRetryAfter(retryAfter));
	}

	private static void any(Collection<Call> calls, Random random, Consumer<Call> action) {
		if (!calls.isEmpty()) {
			List<Call> all = List.copyOf(calls);
			action.accept(all.get(random.nextInt(all.size())));
		}
	}

	private int mostInAMinute() {
		int most = 0;
		int first = 0;
		for (int last = 0; last < this.begunAt.size(); last++) {
			while (this.begunAt.get(last) - this.begunAt.get(first) >= MINUTE) {
				first++;
			}
			most = Math.max(most, last - first + 1);
		}
		return most;
	}

	/**
	 * What is tried.
	 *
	 * @param seed decides what comes
	 * @param maxConcurrent how many calls at once, zero for any number
	 * @param requestsPerMinute how many in a minute, zero for any number
	 */
	record Setup(long seed, int maxConcurrent, int requestsPerMinute) {

	}

	private final class Call {

		private final int number;

		private final Sinks.Many<String> answer = Sinks.many().unicast().onBackpressureBuffer();

		private Disposable subscription = () -> {
		};

		private boolean over;

		private Call(int number) {
			this.number = number;
		}

		private void make(ModelProvider provider) {
			ModelProviderPropertyTests.this.calls.add(this);
			this.subscription = provider
				.call(AgentPath.ROOT.child("agent" + this.number), ModelProviderPropertyTests.this.clock, () -> {
					begin();
					return this.answer.asFlux().doOnTerminate(this::end).doOnCancel(this::end);
				})
				.doFinally((signal) -> this.over = true)
				.subscribe((piece) -> {
				}, (ex) -> {
				});
		}

		private void begin() {
			assertThat(this.over).as("call %d is over", this.number).isFalse();
			ModelProviderPropertyTests.this.begun.add(this.number);
			ModelProviderPropertyTests.this.begunAt
				.add(ModelProviderPropertyTests.this.clock.now(TimeUnit.MILLISECONDS));
			ModelProviderPropertyTests.this.running.put(this.number, this);
			ModelProviderPropertyTests.this.mostAtOnce = Math.max(ModelProviderPropertyTests.this.mostAtOnce,
					ModelProviderPropertyTests.this.running.size());
		}

		private void end() {
			ModelProviderPropertyTests.this.running.remove(this.number);
		}

		private void leave() {
			this.subscription.dispose();
		}

	}

}
