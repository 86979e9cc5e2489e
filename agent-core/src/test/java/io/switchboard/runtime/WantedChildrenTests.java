package io.switchboard.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.switchboard.AgentException;
import io.switchboard.AgentPath;
import io.switchboard.SendResult;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.tree.SupervisorNode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for children that are made from a template because somebody wants them.
 */
class WantedChildrenTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final AgentPath SESSIONS = AgentPath.of("/sessions");

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final List<Object> told = new ArrayList<>();

	private final List<AgentSystem> started = new ArrayList<>();

	@Test
	void manySendersAtOnceGetNoMoreChildrenThanThereMayBe() {
		AgentSystem system = start((key) -> {
			if (key.equals("first")) {
				// another sender passes the same check before this one's child is added
				ask(this.started.get(0), "second");
			}
		});

		ask(system, "first");

		assertThat(system.node(SESSIONS)).isInstanceOfSatisfying(SupervisorNode.class,
				(node) -> assertThat(node.children()).hasSize(1));
		assertThat(this.told).hasSize(2).contains("answer of second").hasAtLeastOneElementOfType(AgentException.class);
	}

	@Test
	void errorInATemplateReachesNoSender() {
		AgentSystem system = start((key) -> {
			throw new StackOverflowError("test");
		});

		assertThat(system.agent(SESSIONS.child("first"), String.class).tell("x")).isEqualTo(SendResult.NO_PROCESS);
	}

	@Test
	void aMessageThatMeetsTheStartOfItsAgentByHandWaitsForIt() {
		try (ThreadsOfOurOwn threads = new ThreadsOfOurOwn()) {
			AgentSystem system = AgentSystem
				.builder(SupervisorSpec.builder("root")
					.child(DynamicSupervisorSpec.builder("sessions").template(WantedChildrenTests::agent).build())
					.build())
				.build();
			system.start().block(LIMIT);
			for (int i = 0; i < 200; i++) {
				String key = "session-" + i;
				Mono<StartedChild> start = system.supervisor(SESSIONS)
					.startChild(agent(key))
					.onErrorComplete(ChildOperationException.class);
				Mono<String> answer = system.agent(SESSIONS.child(key), String.class).ask("x", String.class, LIMIT);

				assertThat(threads.both(start, answer)).isEqualTo("answer of " + key);
			}
			system.stop().block(LIMIT);
		}
	}

	private static AgentSpec<String> agent(String key) {
		return AgentSpec.builder(key, String.class, () -> (message, context) -> Mono.just("answer of " + key)).build();
	}

	private void ask(AgentSystem system, String key) {
		system.agent(SESSIONS.child(key), String.class)
			.ask("x", String.class)
			.subscribe(this.told::add, this.told::add);
	}

	private AgentSystem start(Consumer<String> beforeMade) {
		AgentSystem system = AgentSystem.builder(SupervisorSpec.builder("root")
			.child(DynamicSupervisorSpec.builder("sessions").maxChildren(1).template((key) -> {
				beforeMade.accept(key);
				return agent(key);
			}).build())
			.build()).scheduler(this.time).blockingScheduler(this.time).build();
		this.started.add(system);
		StepVerifier.create(system.start()).expectComplete().verify(LIMIT);
		return system;
	}

	/**
	 * Lets two things happen at once.
	 */
	private static final class ThreadsOfOurOwn implements AutoCloseable {

		private final Scheduler scheduler = Schedulers.newParallel("at-once", 2);

		private <T> @Nullable T both(Mono<?> one, Mono<T> other) {
			return Mono.when(one.subscribeOn(this.scheduler))
				.then(Mono.<T>empty())
				.mergeWith(other.subscribeOn(this.scheduler))
				.next()
				.block(LIMIT);
		}

		@Override
		public void close() {
			this.scheduler.dispose();
		}

	}

}
