package io.switchboard.runtime;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link BlockingPool}.
 */
class BlockingPoolTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private final CountDownLatch gate = new CountDownLatch(1);

	@AfterEach
	void open() {
		this.gate.countDown();
	}

	@Test
	void whatIsBeyondTheThreadsWaitsForOne() throws Exception {
		BlockingPool pool = pool(BlockingThreads.PLATFORM, 2);
		fill(pool, 2);
		CountDownLatch done = new CountDownLatch(1);

		pool.execute(done::countDown);

		assertThat(pool.active()).isEqualTo(2);
		assertThat(pool.waiting()).isOne();
		this.gate.countDown();
		await(done);
		pool.close();
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void whatIsBeyondTheThreadsRunsOnVirtualOnes() throws Exception {
		BlockingPool pool = pool(BlockingThreads.AUTOMATIC, 2);
		fill(pool, 2);
		AtomicReference<String> name = new AtomicReference<>();
		CountDownLatch done = new CountDownLatch(1);

		pool.execute(() -> {
			name.set(Thread.currentThread().getName());
			done.countDown();
		});

		await(done);
		assertThat(name.get()).startsWith("blocking-virtual-");
		assertThat(pool.waiting()).isZero();
		pool.close();
	}

	@Test
	void computationsWithoutEndLeaveRoomForOthersByDefault() throws Exception {
		BlockingPool pool = pool(BlockingThreads.AUTOMATIC, 256);
		int hogs = Runtime.getRuntime().availableProcessors() * 4;
		compute(pool, hogs);
		CountDownLatch done = new CountDownLatch(100);

		for (int i = 0; i < 100; i++) {
			pool.execute(done::countDown);
		}

		await(done);
		pool.close();
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void computationsOnVirtualThreadsDoNotKeepWhatComesAfterThemFromRunning() throws Exception {
		BlockingPool pool = pool(BlockingThreads.AUTOMATIC, 1);
		CountDownLatch first = new CountDownLatch(1);
		CountDownLatch letGo = new CountDownLatch(1);
		pool.execute(() -> {
			first.countDown();
			await(letGo, this.gate);
		});
		await(first);
		int hogs = Runtime.getRuntime().availableProcessors();
		compute(pool, hogs);
		CountDownLatch done = new CountDownLatch(10);
		for (int i = 0; i < 10; i++) {
			pool.execute(done::countDown);
		}

		letGo.countDown();

		await(done);
		pool.close();
	}

	@Test
	void aThreadWhoseWorkIsAbandonedIsReplacedUntilItIsBack() throws Exception {
		BlockingPool pool = pool(BlockingThreads.PLATFORM, 1);
		AtomicReference<Thread> stuck = new AtomicReference<>();
		CountDownLatch holding = new CountDownLatch(1);
		pool.execute(() -> {
			stuck.set(Thread.currentThread());
			holding.countDown();
			hold();
		});
		await(holding);
		CountDownLatch done = new CountDownLatch(1);

		((BlockingPool.Replaceable) stuck.get()).abandoned();
		pool.execute(done::countDown);

		await(done);
		((BlockingPool.Replaceable) stuck.get()).cameBack();
		CountDownLatch late = new CountDownLatch(1);
		pool.execute(late::countDown);
		this.gate.countDown();
		await(late);
		pool.close();
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTOMATIC", "PLATFORM" })
	void aClosedPoolTakesNothing(BlockingThreads kind) {
		BlockingPool pool = pool(kind, 1);

		pool.close();

		assertThat(pool.isClosed()).isTrue();
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> pool.execute(() -> {
		}));
	}

	private void compute(BlockingPool pool, int hogs) throws InterruptedException {
		CountDownLatch computing = new CountDownLatch(hogs);
		for (int i = 0; i < hogs; i++) {
			pool.execute(() -> {
				computing.countDown();
				while (this.gate.getCount() > 0) {
					Thread.onSpinWait();
				}
			});
		}
		await(computing);
	}

	private static BlockingPool pool(BlockingThreads kind, int threads) {
		return new BlockingPool("blocking", WorkerSettings.defaults().withBlocking(kind, threads));
	}

	private void fill(BlockingPool pool, int threads) throws InterruptedException {
		CountDownLatch holding = new CountDownLatch(threads);
		for (int i = 0; i < threads; i++) {
			pool.execute(() -> {
				holding.countDown();
				hold();
			});
		}
		await(holding);
	}

	private void hold() {
		try {
			this.gate.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static void await(CountDownLatch latch, CountDownLatch other) {
		try {
			while (!latch.await(10, TimeUnit.MILLISECONDS) && other.getCount() > 0) {
				Thread.onSpinWait();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static void await(CountDownLatch latch) throws InterruptedException {
		assertThat(latch.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
	}

}
