package io.switchboard.runtime;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.switchboard.AgentContext;
import io.switchboard.AgentExitedException;
import io.switchboard.AgentPath;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.tree.TreeNode;
import org.junit.jupiter.api.BeforeEach;
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

	private final Refusing scheduler = new Refusing();

	private final AgentSystem system = AgentSystem
		.builder(SupervisorSpec.builder("root")
			.child(AgentSpec.builder("a", String.class, () -> LaneTests::handle).build())
			.build())
		.scheduler(this.scheduler)
		.blockingScheduler(this.scheduler)
		.build();

	@BeforeEach
	void start() {
		StepVerifier.create(this.system.start()).expectComplete().verify(LIMIT);
	}

	@Test
	void anAgentOutlivesWhatFailsAroundItsCode() {
		this.scheduler.refusesTimers = true;
		StepVerifier.create(this.system.control(PATH).kill()).expectComplete().verify(LIMIT);

		TreeNode node = this.system.tree().find(PATH);
		assertThat(node).isNotNull();
		assertThat(node.incarnation()).isEqualTo(3);
		expectLife(3);
	}

	@Test
	void anAgentRunsWhereItCanIfItsSchedulerFails() {
		this.scheduler.failsTasks = 1;

		expectLife(1);
		expectLife(1);
	}

	@Test
	void whoeverSentAMessageThatFailedBeforeItWasHandledIsTold() {
		// the first look at the clock is the sender's
		this.scheduler.failsClockIn = 2;

		StepVerifier.create(ask("x")).expectErrorSatisfies((ex) -> {
			assertThat(ex).isInstanceOf(AgentExitedException.class);
			assertThat(ex).hasRootCauseMessage("no time now");
		}).verify(LIMIT);
		expectLife(2);
	}

	@Test
	void anAgentOutlivesAHandlerOfUncaughtErrorsThatFailsItself() {
		Thread thread = Thread.currentThread();
		Thread.UncaughtExceptionHandler before = thread.getUncaughtExceptionHandler();
		thread.setUncaughtExceptionHandler((where, ex) -> {
			throw new IllegalStateException("broken, too");
		});
		try {
			StepVerifier.create(ask("out of memory"))
				.expectErrorSatisfies((ex) -> assertThat(ex).hasCauseInstanceOf(OutOfMemoryError.class))
				.verify(LIMIT);
		}
		finally {
			thread.setUncaughtExceptionHandler(before);
		}
		expectLife(2);
	}

	private void expectLife(long number) {
		StepVerifier.create(ask("x")).expectNext(number).expectComplete().verify(LIMIT);
	}

	private Mono<Long> ask(String question) {
		return this.system.agent(PATH, String.class).ask(question, Long.class);
	}

	private static Mono<Long> handle(String message, AgentContext<String> context) {
		if (message.equals("out of memory")) {
			throw new OutOfMemoryError("not really");
		}
		return Mono.just(context.incarnation());
	}

	/**
	 * Fails when told to.
	 */
	private static final class Refusing implements Scheduler {

		private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

		private boolean refusesTimers;

		private int failsTasks;

		private int failsClockIn;

		@Override
		public Disposable schedule(Runnable task) {
			if (this.failsTasks > 0) {
				this.failsTasks--;
				throw new IllegalStateException("no tasks now");
			}
			return this.time.schedule(task);
		}

		@Override
		public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
			if (this.refusesTimers) {
				this.refusesTimers = false;
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
			if (unit == TimeUnit.NANOSECONDS && this.failsClockIn > 0 && --this.failsClockIn == 0) {
				throw new IllegalStateException("no time now");
			}
			return this.time.now(unit);
		}

		@Override
		public void dispose() {
			this.time.dispose();
		}

	}

}
