package io.switchboard.test.behaviour;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.switchboard.AgentExitedException;
import io.switchboard.AgentPath;
import io.switchboard.TaskOutcome;
import io.switchboard.TaskOutcome.Completed;
import io.switchboard.TaskOutcome.Failed;
import io.switchboard.TaskOutcome.TimedOut;
import io.switchboard.TaskStreamOptions;
import io.switchboard.TaskTimeoutException;
import io.switchboard.runtime.ChildOperationException;
import io.switchboard.runtime.ChildOperationException.Problem;
import io.switchboard.runtime.TaskSupervisorRef;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.test.ProbeFailure;
import io.switchboard.test.TestAgentSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.subscriber.TestSubscriber;

import static io.switchboard.test.AgentAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * A task for each of many items.
 */
class TaskStreamTests {

	private static final TaskStreamOptions THREE = TaskStreamOptions.defaults().withConcurrency(3);

	private static final List<Integer> ITEMS = IntStream.range(0, 10).boxed().toList();

	private final AtomicInteger running = new AtomicInteger();

	private final AtomicInteger most = new AtomicInteger();

	private final List<Integer> begun = new ArrayList<>();

	@Test
	@Conforms("P3")
	void answersKeepTheOrderOfTheirItems() {
		try (TestAgentSystem system = start()) {
			TestSubscriber<Integer> answers = TestSubscriber.create();
			tasks(system).stream(ITEMS, (item) -> work(system, item, seconds((item == 0) ? 60 : 1)), THREE)
				.subscribe(answers);

			system.advance(seconds(59));
			assertThat(answers.getReceivedOnNext()).isEmpty();
			system.advance(seconds(61));

			assertThat(answers.getReceivedOnNext()).containsExactlyElementsOf(ITEMS);
			assertThat(answers.isTerminatedComplete()).isTrue();
			assertThat(this.most).hasValue(3);
			assertThat(system.tree()).hasChildren("/t");
		}
	}

	@Test
	@Conforms("P3")
	void unorderedAnswersComeAsTheyAreDone() {
		try (TestAgentSystem system = start()) {
			TestSubscriber<Integer> answers = TestSubscriber.create();
			tasks(system).stream(ITEMS, (item) -> work(system, item, seconds((item == 0) ? 60 : 1)), THREE.unordered())
				.subscribe(answers);

			system.advance(seconds(59));
			assertThat(answers.getReceivedOnNext()).hasSize(9).doesNotContain(0);
			system.advance(seconds(1));

			assertThat(answers.getReceivedOnNext()).hasSize(10).endsWith(0);
			assertThat(this.most).hasValue(3);
		}
	}

	@Test
	void asManyTasksAsProcessorsUnlessToldOtherwise() {
		assertThat(TaskStreamOptions.defaults())
			.isEqualTo(new TaskStreamOptions(Runtime.getRuntime().availableProcessors(), true, null));
	}

	@ParameterizedTest
	@Conforms("P3")
	@ValueSource(booleans = { true, false })
	void slowItemFailsTheStream(boolean ordered) {
		try (TestAgentSystem system = start()) {
			TestSubscriber<Integer> answers = TestSubscriber.create();
			TaskStreamOptions options = ordered ? THREE : THREE.unordered();
			tasks(system)
				.stream(ITEMS, (item) -> work(system, item, seconds((item == 1) ? 60 : 1)),
						options.withTimeout(seconds(5)))
				.subscribe(answers);

			system.advance(seconds(5));

			assertThat(answers.expectTerminalError()).isInstanceOfSatisfying(TaskTimeoutException.class,
					(ex) -> assertThat(ex.path()).hasToString("/t/item-2"));
			assertThat(this.running).hasValue(0);
			assertThat(system.tree()).hasChildren("/t");
		}
	}

	@Test
	@Conforms("P3")
	void slowItemIsAnOutcomeWhereOutcomesAreAskedFor() {
		try (TestAgentSystem system = start()) {
			TestSubscriber<TaskOutcome<Integer, Integer>> outcomes = TestSubscriber.create();
			tasks(system)
				.<Integer, Integer>outcomes(ITEMS.subList(0, 3),
						(item) -> work(system, item, seconds((item == 1) ? 60 : 1)), THREE.withTimeout(seconds(5)))
				.subscribe(outcomes);

			system.advance(seconds(5));

			assertThat(outcomes.getReceivedOnNext()).containsExactly(new Completed<>(0, 0), new TimedOut<>(1),
					new Completed<>(2, 2));
			assertThat(outcomes.isTerminatedComplete()).isTrue();
			assertThat(this.running).hasValue(0);
			assertThat(system.tree()).hasChildren("/t");
		}
	}

	@Test
	@Conforms("P3")
	void failingItemFailsTheStreamAndEndsTheRest() {
		try (TestAgentSystem system = start()) {
			TestSubscriber<Integer> answers = TestSubscriber.create();
			tasks(system)
				.stream(ITEMS,
						(item) -> (item == 1) ? Mono.error(new ProbeFailure("broken")) : work(system, item, seconds(1)),
						THREE)
				.subscribe(answers);

			assertThat(answers.expectTerminalError()).isInstanceOf(AgentExitedException.class)
				.hasCauseInstanceOf(ProbeFailure.class);
			assertThat(this.running).hasValue(0);
			assertThat(system.tree()).hasChildren("/t");
			system.advance(seconds(10));
			assertThat(this.begun).hasSizeLessThanOrEqualTo(2);
		}
	}

	@Test
	@Conforms("P3")
	void failingItemIsAnOutcomeWhereOutcomesAreAskedFor() {
		try (TestAgentSystem system = start()) {
			List<TaskOutcome<Integer, Integer>> outcomes = system
				.resultOf(tasks(system).<Integer, Integer>outcomes(List.of(0, 1, 2), (item) -> switch (item) {
					case 0 -> Mono.just(0);
					case 1 -> throw new ProbeFailure("broken");
					default -> Mono.empty();
				}, THREE).collectList());

			assertThat(outcomes).hasSize(3).startsWith(new Completed<>(0, 0)).endsWith(new Completed<>(2, null));
			assertThat(outcomes).element(1)
				.isInstanceOfSatisfying(Failed.class,
						(failed) -> assertThat(failed.error()).isInstanceOf(AgentExitedException.class)
							.hasRootCauseMessage("broken"));
		}
	}

	@ParameterizedTest
	@Conforms("P3")
	@ValueSource(booleans = { true, false })
	void takingOneEndsTheRest(boolean ordered) {
		try (TestAgentSystem system = start()) {
			TestSubscriber<Integer> answers = TestSubscriber.create();
			tasks(system)
				.stream(ITEMS, (item) -> work(system, item, seconds(item + 1)), ordered ? THREE : THREE.unordered())
				.take(1)
				.subscribe(answers);

			system.advance(seconds(1));

			assertThat(answers.getReceivedOnNext()).containsExactly(0);
			assertThat(answers.isTerminatedComplete()).isTrue();
			assertThat(this.running).hasValue(0);
			assertThat(system.tree()).hasChildren("/t");
			int soFar = this.begun.size();
			system.advance(seconds(60));
			assertThat(this.begun).hasSize(soFar);
		}
	}

	@Test
	@Conforms("P3")
	void nothingLeaksIntoTheReceiver() {
		try (TestAgentSystem system = start()) {
			TestSubscriber<Integer> answers = TestSubscriber.create();
			tasks(system).stream(ITEMS, (item) -> work(system, item, seconds(1)), THREE).subscribe(answers);

			answers.cancel();
			system.advance(seconds(60));

			assertThat(answers.getReceivedOnNext()).isEmpty();
			assertThat(answers.getProtocolErrors()).isEmpty();
			assertThat(this.begun).containsExactly(0, 1, 2);
			assertThat(this.running).hasValue(0);
		}
	}

	@ParameterizedTest
	@Conforms("P4")
	@ValueSource(booleans = { true, false })
	void moreTasksThanTheSupervisorAllowsFailTheStreamCleanly(boolean outcomes) {
		try (TestAgentSystem system = start(2)) {
			TestSubscriber<Object> answers = TestSubscriber.create();
			TestSubscriber<Integer> other = TestSubscriber.create();
			tasks(system).run(() -> work(system, 99, seconds(60))).subscribe(other);
			Flux<?> stream = outcomes ? tasks(system).outcomes(ITEMS, (item) -> work(system, item, seconds(1)), THREE)
					: tasks(system).stream(ITEMS, (item) -> work(system, item, seconds(1)), THREE);

			stream.subscribe(answers);

			assertThat(answers.expectTerminalError()).isInstanceOfSatisfying(ChildOperationException.class,
					(ex) -> assertThat(ex.problem()).isEqualTo(Problem.MAX_CHILDREN));
			assertThat(Trees.counts(system, "/t")).isEqualTo("1/1/0/1");
			system.advance(seconds(60));
			assertThat(other.getReceivedOnNext()).containsExactly(99);
		}
	}

	@Test
	void asManyTasksAsTheSupervisorAllowsAreFine() {
		try (TestAgentSystem system = start(3)) {
			TestSubscriber<Integer> answers = TestSubscriber.create();
			tasks(system).stream(ITEMS, (item) -> work(system, item, seconds(1 + item % 3)), THREE).subscribe(answers);

			system.advance(seconds(60));

			assertThat(answers.getReceivedOnNext()).containsExactlyElementsOf(ITEMS);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void slowReceiverIsNotOverrun(boolean ordered) {
		try (TestAgentSystem system = start()) {
			TestSubscriber<Integer> answers = TestSubscriber.builder().initialRequest(1).build();
			tasks(system)
				.stream(Flux.range(0, 1000), (item) -> work(system, item, seconds(1)),
						ordered ? THREE : THREE.unordered())
				.subscribe(answers);

			system.advance(seconds(60));

			assertThat(answers.getReceivedOnNext()).hasSize(1);
			assertThat(this.begun).hasSizeLessThanOrEqualTo(1 + 3);
			answers.request(2);
			system.advance(seconds(60));
			assertThat(answers.getReceivedOnNext()).hasSize(3);
			assertThat(this.begun).hasSizeLessThanOrEqualTo(3 + 3);
			answers.cancel();
		}
	}

	@Test
	void endOfTheItemsWithAnErrorFailsTheStream() {
		try (TestAgentSystem system = start()) {
			TestSubscriber<Integer> answers = TestSubscriber.create();
			Flux<Integer> items = Flux.concat(Flux.just(1, 2), Flux.error(new ProbeFailure("no more")));
			tasks(system).stream(items, (item) -> work(system, item, seconds(1)), THREE).subscribe(answers);

			assertThat(answers.expectTerminalError()).isInstanceOf(ProbeFailure.class);
			assertThat(this.running).hasValue(0);
			assertThat(system.tree()).hasChildren("/t");
		}
	}

	@Test
	void optionsThatCannotWorkAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> THREE.withConcurrency(0))
			.withMessage("Concurrency 0 is not possible: at least 1 is needed");
		assertThatIllegalArgumentException().isThrownBy(() -> THREE.withTimeout(Duration.ZERO))
			.withMessage("Time-out PT0S is not possible: more than zero is needed, or none at all");
	}

	private Mono<Integer> work(TestAgentSystem system, int item, Duration time) {
		return Mono.defer(() -> {
			this.begun.add(item);
			this.most.accumulateAndGet(this.running.incrementAndGet(), Math::max);
			return Mono.delay(time, system.scheduler()).map((tick) -> item);
		}).doFinally((end) -> this.running.decrementAndGet());
	}

	private static Duration seconds(long seconds) {
		return Duration.ofSeconds(seconds);
	}

	private static TaskSupervisorRef tasks(TestAgentSystem system) {
		return system.system().tasks(AgentPath.of("/t")).named("item");
	}

	private static TestAgentSystem start() {
		return start(Integer.MAX_VALUE);
	}

	private static TestAgentSystem start(int maxChildren) {
		return TestAgentSystem.start(Trees.root(DynamicSupervisorSpec.builder("t").maxChildren(maxChildren).build()));
	}

}
