package io.switchboard.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.switchboard.AgentPath;
import io.switchboard.event.AgentEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link FairPool} and its {@link Watchdog}.
 */
class FairPoolTests {

	private static final WorkerSettings WORKERS = WorkerSettings.defaults();

	private final Queue<AgentEvent> events = new ConcurrentLinkedQueue<>();

	private final FairPool pool = new FairPool("fair", WORKERS.withCount(2),
			new HeldWorkers(this.events::add, Instant::now));

	private final AtomicBoolean enough = new AtomicBoolean();

	@AfterEach
	void close() {
		this.enough.set(true);
		this.pool.close();
	}

	@Test
	void noTaskIsLostBetweenWorkersThatFallAsleepAndThoseWhoCallThem() throws Exception {
		int rounds = 20_000;
		AtomicInteger done = new AtomicInteger();
		CyclicBarrier together = new CyclicBarrier(3);
		List<Thread> callers = new ArrayList<>();
		for (int t = 0; t < 3; t++) {
			Thread caller = new Thread(() -> {
				for (int i = 0; i < rounds; i++) {
					this.pool.execute(done::incrementAndGet);
					if (i % 500 == 0) {
						await(together);
					}
				}
			});
			callers.add(caller);
			caller.start();
		}

		for (Thread caller : callers) {
			caller.join();
		}

		Eventually.holds(() -> done.get() == 3 * rounds);
	}

	@Test
	void tasksRunWhileManyOthersHoldTheirWorker() throws Exception {
		CountDownLatch holding = new CountDownLatch(16);
		for (int i = 0; i < 16; i++) {
			this.pool.execute(() -> compute(holding));
		}
		assertThat(holding.await(60, TimeUnit.SECONDS)).isTrue();
		CountDownLatch done = new CountDownLatch(100);

		for (int i = 0; i < 100; i++) {
			this.pool.execute(done::countDown);
		}

		assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void urgentTasksDoNotWaitBehindOrdinaryOnes() throws Exception {
		Queue<String> order = new ConcurrentLinkedQueue<>();
		FairPool single = new FairPool("single", WORKERS.withCount(1).withMaxSpare(0),
				new HeldWorkers(this.events::add, Instant::now));
		CountDownLatch done = new CountDownLatch(11);
		single.execute(() -> {
			for (int i = 0; i < 10; i++) {
				single.execute(() -> {
					order.add("ordinary");
					done.countDown();
				});
			}
			single.executeUrgent(() -> {
				order.add("urgent");
				done.countDown();
			});
		});

		assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
		assertThat(new ArrayList<>(order).indexOf("urgent")).isLessThanOrEqualTo(1);
		single.close();
	}

	@Test
	void aWorkerGoesOnWithWhatItHasMadeReady() throws Exception {
		FairPool single = new FairPool("single", WORKERS.withCount(1), new HeldWorkers(this.events::add, Instant::now));
		Queue<String> order = new ConcurrentLinkedQueue<>();
		CountDownLatch done = new CountDownLatch(2);

		single.execute(() -> {
			single.execute(() -> {
				order.add("waiting");
				done.countDown();
			});
			single.executeSoon(() -> {
				order.add("ready");
				done.countDown();
			});
		});

		assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
		assertThat(order).containsExactly("ready", "waiting");
		single.close();
	}

	@Test
	void tasksThatMakeEachOtherReadyDoNotKeepOthersWaiting() throws Exception {
		FairPool single = new FairPool("single", WORKERS.withCount(1), new HeldWorkers(this.events::add, Instant::now));
		AtomicInteger before = new AtomicInteger();
		AtomicInteger passed = new AtomicInteger();
		CountDownLatch done = new CountDownLatch(1);

		single.execute(() -> {
			single.execute(() -> {
				passed.set(before.get());
				done.countDown();
			});
			goOn(single, before, done);
		});

		assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
		assertThat(passed).hasValueBetween(1, 4);
		single.close();
	}

	private static void goOn(FairPool pool, AtomicInteger count, CountDownLatch done) {
		if (done.getCount() > 0) {
			pool.executeSoon(() -> {
				count.incrementAndGet();
				goOn(pool, count, done);
			});
		}
	}

	@Test
	void whatAHeldWorkerWouldDoNextIsDoneByAnother() throws Exception {
		FairPool single = new FairPool("single", WORKERS.withCount(1), new HeldWorkers(this.events::add, Instant::now));
		CountDownLatch holding = new CountDownLatch(1);
		CountDownLatch done = new CountDownLatch(1);

		single.execute(() -> {
			single.executeSoon(done::countDown);
			compute(holding);
		});

		assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
		this.enough.set(true);
		single.close();
	}

	@Test
	void anAgentThatKeepsItsWorkerIsNamedOnceAndAgainWhenItLetsGo() throws Exception {
		CountDownLatch holding = new CountDownLatch(1);

		this.pool.execute(new Work(() -> compute(holding)));

		Eventually.holds(() -> this.events.stream().anyMatch(AgentEvent.WorkerHeld.class::isInstance));
		this.enough.set(true);
		Eventually.holds(() -> this.events.stream().anyMatch(AgentEvent.WorkerReleased.class::isInstance));
		assertThat(this.events).hasSize(2).allMatch((event) -> event.path().equals(AgentPath.of("/busy")));
	}

	@Test
	void workersTooManyLeaveWhenTheyAreNotNeeded() throws Exception {
		CountDownLatch holding = new CountDownLatch(8);
		for (int i = 0; i < 8; i++) {
			this.pool.execute(() -> compute(holding));
		}
		assertThat(holding.await(60, TimeUnit.SECONDS)).isTrue();

		this.enough.set(true);

		Eventually.holds(() -> this.pool.workers().size() == 2);
	}

	@Test
	void workersTooManyLeaveWhileTheOthersAreBusy() throws Exception {
		CountDownLatch holding = new CountDownLatch(8);
		for (int i = 0; i < 8; i++) {
			this.pool.execute(() -> compute(holding));
		}
		assertThat(holding.await(60, TimeUnit.SECONDS)).isTrue();
		AtomicBoolean flooding = new AtomicBoolean(true);
		for (int i = 0; i < 20; i++) {
			flood(flooding);
		}

		this.enough.set(true);

		Eventually.holds(() -> this.pool.workers().size() == 2);
		flooding.set(false);
	}

	private void flood(AtomicBoolean flooding) {
		if (flooding.get()) {
			this.pool.execute(() -> flood(flooding));
		}
	}

	@Test
	void tasksThatWaitWhenThePoolClosesAreStillRun() throws Exception {
		CountDownLatch done = new CountDownLatch(1_000);
		for (int i = 0; i < 1_000; i++) {
			this.pool.execute(done::countDown);
		}

		this.pool.close();

		assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> this.pool.execute(() -> {
		}));
		Eventually.holds(() -> this.pool.workers().isEmpty());
	}

	@Test
	void aTaskThatFailsCostsNoWorker() throws Exception {
		CountDownLatch done = new CountDownLatch(10);

		for (int i = 0; i < 10; i++) {
			this.pool.execute(() -> {
				done.countDown();
				throw new IllegalStateException("broken");
			});
		}

		assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
		assertThat(this.pool.workers()).hasSizeGreaterThanOrEqualTo(2);
	}

	@Test
	void theWatchdogOutlivesAnErrorOfWhoeverItTells() throws Exception {
		CountDownLatch told = new CountDownLatch(1);
		FairPool single = new FairPool("single", WORKERS.withCount(1), new HeldWorkers((event) -> {
			told.countDown();
			throw new AssertionError("broken");
		}, Instant::now));
		single.execute(new Work(() -> compute(new CountDownLatch(1))));
		assertThat(told.await(60, TimeUnit.SECONDS)).isTrue();
		CountDownLatch holding = new CountDownLatch(1);
		single.execute(() -> compute(holding));
		assertThat(holding.await(60, TimeUnit.SECONDS)).isTrue();
		CountDownLatch done = new CountDownLatch(1);

		single.execute(done::countDown);

		assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
		single.close();
	}

	@Test
	void noMoreWorkersAreAddedThanAreAllowed() throws Exception {
		FairPool bounded = new FairPool("bounded", WORKERS.withCount(1).withMaxSpare(3),
				new HeldWorkers(this.events::add, Instant::now));
		CountDownLatch holding = new CountDownLatch(4);
		for (int i = 0; i < 10; i++) {
			bounded.execute(() -> compute(holding));
		}

		assertThat(holding.await(60, TimeUnit.SECONDS)).isTrue();
		Eventually.holds(() -> bounded.watchdog().held() == 4);

		assertThat(bounded.workers()).hasSize(4);
		assertThat(bounded.spare()).isEqualTo(3);
		assertThat(bounded.watchdog().holds()).isEqualTo(4);
		bounded.close();
	}

	@Test
	void aTaskThatWaitsForAWorkerIsMeasured() throws Exception {
		FairPool single = new FairPool("single", WORKERS.withCount(1).withMaxSpare(0),
				new HeldWorkers(this.events::add, Instant::now));
		CountDownLatch holding = new CountDownLatch(1);
		single.execute(() -> compute(holding));
		assertThat(holding.await(60, TimeUnit.SECONDS)).isTrue();

		Eventually.holds(() -> single.watchdog().delay().toMillis() >= 100);

		single.close();
	}

	@Test
	void anAgentIsHeldAndReportedWhenTheSettingsSaySo() throws Exception {
		FairPool patient = new FairPool("patient",
				WORKERS.withCount(1).withHeld(Duration.ofMillis(20), Duration.ofMillis(30)),
				new HeldWorkers(this.events::add, Instant::now));
		CountDownLatch holding = new CountDownLatch(1);

		patient.execute(new Work(() -> compute(holding)));

		Eventually.holds(() -> !this.events.isEmpty());
		assertThat(this.events).singleElement()
			.isInstanceOfSatisfying(AgentEvent.WorkerHeld.class,
					(held) -> assertThat(held.since()).isEqualTo(Duration.ofMillis(30)));
		patient.close();
	}

	private void compute(CountDownLatch holding) {
		holding.countDown();
		while (!this.enough.get()) {
			Thread.onSpinWait();
		}
	}

	private static void await(CyclicBarrier barrier) {
		try {
			barrier.await(30, TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Work of an agent.
	 *
	 * @param action what it does
	 */
	private record Work(Runnable action) implements Runnable, AgentWork {

		@Override
		public void run() {
			this.action.run();
		}

		@Override
		public AgentPath path() {
			return AgentPath.of("/busy");
		}

		@Override
		public long incarnation() {
			return 1;
		}

	}

}
