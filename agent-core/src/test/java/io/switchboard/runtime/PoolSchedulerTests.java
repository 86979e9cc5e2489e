package io.switchboard.runtime;

import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PoolScheduler}.
 */
class PoolSchedulerTests {

	private final PoolScheduler scheduler = PoolScheduler
		.over(new FairPool("switchboard", WorkerSettings.defaults(), new HeldWorkers((event) -> {
		}, Instant::now)));

	@AfterEach
	void giveBack() {
		this.scheduler.dispose();
	}

	@Test
	void tasksThatAlwaysCallForMoreDoNotKeepOthersWaiting() throws Exception {
		AtomicBoolean enough = new AtomicBoolean();
		int busy = Runtime.getRuntime().availableProcessors() * 4;
		CountDownLatch started = new CountDownLatch(busy);
		for (int i = 0; i < busy; i++) {
			this.scheduler.schedule(new Runnable() {

				@Override
				public void run() {
					started.countDown();
					if (!enough.get()) {
						PoolSchedulerTests.this.scheduler.schedule(this);
					}
				}

			});
		}
		assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
		CountDownLatch others = new CountDownLatch(20);

		for (int i = 0; i < 20; i++) {
			this.scheduler.schedule(others::countDown);
		}
		boolean done = others.await(5, TimeUnit.SECONDS);
		enough.set(true);

		assertThat(done).isTrue();
	}

	@Test
	void aWorkerForgetsADelayedTaskThatIsCalledOff() {
		SerialWorker worker = new SerialWorker(this.scheduler);

		worker.schedule(() -> {
		}, 1, TimeUnit.HOURS).dispose();

		assertThat(worker.pending.size()).isZero();
	}

	@Test
	void anInterruptThatATaskLeavesBehindReachesNoOther() throws Exception {
		AtomicInteger interrupted = new AtomicInteger();
		CountDownLatch done = new CountDownLatch(200);

		for (int i = 0; i < 200; i++) {
			this.scheduler.schedule(() -> {
				if (Thread.currentThread().isInterrupted()) {
					interrupted.incrementAndGet();
				}
				Thread.currentThread().interrupt();
				done.countDown();
			});
		}

		assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(interrupted).hasValue(0);
	}

}
