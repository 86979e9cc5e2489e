package io.switchboard.runtime;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.switchboard.AgentPath;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.tree.TreeNode;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Lane}.
 */
class LaneTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final AgentPath PATH = AgentPath.of("/a");

	@Test
	void anAgentOutlivesWhatFailsAroundItsCode() {
		Refusing scheduler = new Refusing();
		AgentSystem system = AgentSystem
			.builder(SupervisorSpec.builder("root")
				.child(AgentSpec
					.builder("a", String.class, () -> (message, context) -> Mono.just(context.incarnation()))
					.build())
				.build())
			.scheduler(scheduler)
			.blockingScheduler(scheduler)
			.build();
		StepVerifier.create(system.start()).expectComplete().verify(LIMIT);

		scheduler.refuses = true;
		StepVerifier.create(system.control(PATH).kill()).expectComplete().verify(LIMIT);

		TreeNode node = system.tree().find(PATH);
		assertThat(node).isNotNull();
		assertThat(node.incarnation()).isEqualTo(3);
		StepVerifier.create(system.agent(PATH, String.class).ask("x", Long.class))
			.expectNext(3L)
			.expectComplete()
			.verify(LIMIT);
	}

	/**
	 * Refuses the next timer when told to.
	 */
	private static final class Refusing implements Scheduler {

		private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

		private boolean refuses;

		@Override
		public Disposable schedule(Runnable task) {
			return this.time.schedule(task);
		}

		@Override
		public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
			if (this.refuses) {
				this.refuses = false;
				throw new RejectedExecutionException("no timers now");
			}
			return this.time.schedule(task, delay, unit);
		}

		@Override
		public Worker createWorker() {
			return this.time.createWorker();
		}

		@Override
		public long now(TimeUnit unit) {
			return this.time.now(unit);
		}

		@Override
		public void dispose() {
			this.time.dispose();
		}

	}

}
