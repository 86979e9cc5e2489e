package io.switchboard.test.behaviour;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.switchboard.AgentPath;
import io.switchboard.Handling;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.Restart;
import io.switchboard.test.ProbeFailure;
import io.switchboard.test.TestAgentSystem;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.ContextView;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a supervisor does not hold on to.
 */
class RetentionTests {

	private static final int CHILDREN = 100;

	@ParameterizedTest(name = "{0}")
	@ValueSource(strings = { "/", "/d" })
	@Conforms("D11")
	@DisplayName("what temporary children were started with goes with them")
	void argumentsOfTemporaryChildrenGoWithThem(String supervisor) {
		List<WeakReference<byte[]>> arguments = new ArrayList<>();
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(DynamicSupervisorSpec.builder("d").build()))) {
			for (int i = 0; i < CHILDREN; i++) {
				start(system, supervisor, "n" + i, arguments);
			}
			String below = supervisor.equals("/") ? "/" : supervisor + "/";
			system.agent(below + "n0").tell((Act) (context) -> Mono.error(new ProbeFailure("crash")));
			// the clock lets go of the timers of the starts
			system.advance(Duration.ofHours(1));
			assertThat(leftOf(arguments, CHILDREN - 1)).as("one has died").isEqualTo(CHILDREN - 1);

			for (int i = 1; i < CHILDREN; i++) {
				system.resultOf(system.system().control(AgentPath.of(below + "n" + i)).kill());
			}
			system.advance(Duration.ofHours(1));

			assertThat(leftOf(arguments, 0)).as("all have died").isZero();
		}
	}

	@Test
	void whoKeepsTheSchedulerOfALifeDoesNotKeepItsLastMessage() {
		List<WeakReference<byte[]>> messages = new ArrayList<>();
		List<Scheduler> kept = new ArrayList<>();
		AgentSpec<byte[]> spec = AgentSpec.builder("a", byte[].class, () -> (message, context) -> {
			kept.add(context.scheduler());
			return Mono.error(new ProbeFailure("crash"));
		}).restart(Restart.TEMPORARY).build();
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(spec))) {
			ask(system, messages);
			system.advance(Duration.ofHours(1));

			assertThat(kept).hasSize(1);
			assertThat(leftOf(messages, 0)).isZero();
			assertThat(kept.get(0).isDisposed()).isFalse();
		}
	}

	@Test
	void whoKeepsTheSchedulerOfALifeDoesNotKeepTheMessageItWasKilledIn() {
		List<WeakReference<byte[]>> messages = new ArrayList<>();
		List<Scheduler> kept = new ArrayList<>();
		AgentSpec<byte[]> spec = AgentSpec.builder("a", byte[].class, () -> (message, context) -> {
			kept.add(context.scheduler());
			return Mono.never();
		}).build();
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(spec))) {
			ask(system, messages);
			assertThat(leftOf(messages, 1)).isOne();

			system.resultOf(system.system().control(AgentPath.of("/a")).kill());

			assertThat(kept).hasSize(1);
			assertThat(leftOf(messages, 0)).isZero();
			assertThat(kept.get(0).isDisposed()).isFalse();
		}
	}

	@Test
	void whoKeepsTheContextOfACallDoesNotKeepItsMessage() {
		List<WeakReference<byte[]>> messages = new ArrayList<>();
		List<ContextView> kept = new ArrayList<>();
		AgentSpec<byte[]> spec = AgentSpec.builder("a", byte[].class, () -> (message, context) -> {
			int size = message.length;
			return Mono.deferContextual((view) -> {
				kept.add(view);
				return (size > 0) ? Mono.<Object>never().doOnNext((any) -> assertThat(message).isNotNull())
						: Mono.empty();
			});
		}).restart(Restart.PERMANENT).build();
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(spec))) {
			ask(system, messages);
			assertThat(leftOf(messages, 1)).isOne();

			system.resultOf(system.system().control(AgentPath.of("/a")).kill());

			assertThat(kept).hasSize(1);
			assertThat(leftOf(messages, 0)).isZero();
			assertThat(Handling.isHeard(kept.get(0))).isFalse();
		}
	}

	private static void ask(TestAgentSystem system, List<WeakReference<byte[]>> messages) {
		byte[] large = new byte[100_000];
		messages.add(new WeakReference<>(large));
		system.agent("/a").tell(large);
	}

	private static void start(TestAgentSystem system, String supervisor, String name,
			List<WeakReference<byte[]>> arguments) {
		byte[] large = new byte[100_000];
		arguments.add(new WeakReference<>(large));
		AgentSpec<Object> spec = AgentSpec
			.builder(name, Object.class,
					() -> (message, context) -> (message instanceof Act act) ? act.perform(context)
							: Mono.just(large.length))
			.restart(Restart.TEMPORARY)
			.build();
		system.resultOf(system.supervisor(supervisor).startChild(spec));
	}

	/**
	 * Let the collector work until no more is left than should be.
	 * @param arguments what may be left
	 * @param wanted how much should be
	 * @return how much is
	 */
	private static long leftOf(List<WeakReference<byte[]>> arguments, int wanted) {
		long left = arguments.size();
		for (int i = 0; i < 20 && left > wanted; i++) {
			System.gc();
			left = arguments.stream().filter((argument) -> argument.get() != null).count();
		}
		return left;
	}

}
