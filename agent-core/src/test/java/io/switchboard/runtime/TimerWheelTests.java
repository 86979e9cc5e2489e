package io.switchboard.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TimerWheel}.
 */
class TimerWheelTests {

	private final TimerWheel wheel = new TimerWheel("wheel", System::nanoTime);

	@AfterEach
	void close() {
		this.wheel.close();
	}

	@Test
	void noTimerGoesOffEarlyOrTwice() throws Exception {
		SplittableRandom random = new SplittableRandom(11);
		int timers = 2_000;
		CountDownLatch due = new CountDownLatch(timers);
		AtomicInteger early = new AtomicInteger();
		AtomicInteger goneOff = new AtomicInteger();

		for (int i = 0; i < timers; i++) {
			long delay = random.nextLong(TimeUnit.MILLISECONDS.toNanos(300));
			long notBefore = System.nanoTime() + delay;
			this.wheel.add(timer(() -> {
				if (System.nanoTime() - notBefore < 0) {
					early.incrementAndGet();
				}
				goneOff.incrementAndGet();
				due.countDown();
			}), delay);
		}

		assertThat(due.await(30, TimeUnit.SECONDS)).isTrue();
		assertThat(early).hasValue(0);
		assertThat(goneOff).hasValue(timers);
	}

	@Test
	void aTimerFurtherAwayThanARoundGoesOff() throws Exception {
		CountDownLatch due = new CountDownLatch(2);
		long notBefore = System.nanoTime() + Duration.ofMillis(8_300).toNanos();

		this.wheel.add(timer(due::countDown), Duration.ofMillis(8_192).toNanos());
		this.wheel.add(timer(due::countDown), Duration.ofMillis(8_300).toNanos());

		assertThat(due.await(60, TimeUnit.SECONDS)).isTrue();
		assertThat(System.nanoTime() - notBefore).isNotNegative();
	}

	@Test
	void aTimerThatIsCalledOffNeverGoesOff() throws Exception {
		AtomicLong clock = new AtomicLong();
		TimerWheel stepped = new TimerWheel("stepped", clock::get);
		Queue<Integer> goneOff = new ConcurrentLinkedQueue<>();
		List<TimerWheel.Timer> timers = new ArrayList<>();
		for (int i = 0; i < 1_000; i++) {
			int number = i;
			TimerWheel.Timer timer = timer(() -> goneOff.add(number));
			timers.add(timer);
			stepped.add(timer, 5_000_000);
		}
		CountDownLatch later = new CountDownLatch(1);

		for (int i = 0; i < timers.size(); i += 2) {
			timers.get(i).dispose();
		}
		stepped.add(timer(later::countDown), 10_000_000);
		clock.set(20_000_000);

		assertThat(later.await(30, TimeUnit.SECONDS)).isTrue();
		assertThat(goneOff).hasSize(500).allMatch((number) -> number % 2 == 1);
		stepped.close();
	}

	@Test
	void timersSetAndCalledOffByManyThreadsGoOffOnceOrNever() throws Exception {
		int threads = 4;
		int each = 20_000;
		AtomicInteger kept = new AtomicInteger();
		AtomicInteger goneOff = new AtomicInteger();
		AtomicInteger wrong = new AtomicInteger();
		List<Thread> setters = new ArrayList<>();
		for (int t = 0; t < threads; t++) {
			SplittableRandom random = new SplittableRandom(t);
			Thread setter = new Thread(() -> {
				for (int i = 0; i < each; i++) {
					AtomicInteger times = new AtomicInteger();
					TimerWheel.Timer timer = timer(() -> {
						goneOff.incrementAndGet();
						if (times.incrementAndGet() > 1) {
							wrong.incrementAndGet();
						}
					});
					this.wheel.add(timer, random.nextLong(TimeUnit.MILLISECONDS.toNanos(20)));
					if (random.nextInt(3) > 0) {
						timer.dispose();
					}
					else {
						kept.incrementAndGet();
					}
				}
			});
			setters.add(setter);
			setter.start();
		}

		for (Thread setter : setters) {
			setter.join();
		}

		Eventually.holds(() -> goneOff.get() >= kept.get());
		assertThat(wrong).hasValue(0);
	}

	@Test
	void aTimerThatFailsDoesNotStopTheOthers() throws Exception {
		CountDownLatch due = new CountDownLatch(1);

		this.wheel.add(timer(() -> {
			throw new IllegalStateException("broken");
		}), 1_000_000);
		this.wheel.add(timer(due::countDown), 5_000_000);

		assertThat(due.await(30, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void aTimerThatFailsDoesNotHoldUpThoseOfTheSameMoment() throws Exception {
		AtomicLong clock = new AtomicLong();
		TimerWheel stepped = new TimerWheel("stepped", clock::get);
		CountDownLatch due = new CountDownLatch(20);
		for (int i = 0; i < 20; i++) {
			stepped.add(timer(due::countDown), 5_000_000);
			stepped.add(timer(() -> {
				throw new IllegalStateException("broken");
			}), 5_000_000);
		}

		clock.set(10_000_000);

		assertThat(due.await(30, TimeUnit.SECONDS)).isTrue();
		stepped.close();
	}

	@Test
	void aTimerFurtherAwayThanTheClockCanCountDoesNotGoOff() throws Exception {
		AtomicLong clock = new AtomicLong();
		TimerWheel stepped = new TimerWheel("stepped", clock::get);
		clock.set(1_000_000_000);
		AtomicInteger early = new AtomicInteger();
		CountDownLatch due = new CountDownLatch(1);

		stepped.add(timer(early::incrementAndGet), Long.MAX_VALUE);
		stepped.add(timer(due::countDown), 5_000_000);
		clock.addAndGet(10_000_000);

		assertThat(due.await(30, TimeUnit.SECONDS)).isTrue();
		assertThat(early).hasValue(0);
		stepped.close();
	}

	@Test
	void timersThatAreOverdueWhenTheyAreSetGoOffInOrderWithoutAnotherTick() throws Exception {
		AtomicLong clock = new AtomicLong();
		TimerWheel stepped = new TimerWheel("stepped", clock::get);
		CountDownLatch turned = new CountDownLatch(1);
		Queue<Integer> goneOff = new ConcurrentLinkedQueue<>();
		clock.set(5_000_000);
		stepped.add(timer(turned::countDown), 0);
		assertThat(turned.await(30, TimeUnit.SECONDS)).isTrue();

		for (int i = 0; i < 1_000; i++) {
			int number = i;
			stepped.addAt(timer(() -> goneOff.add(number)), 3_000_000);
		}

		Eventually.holds(() -> goneOff.size() == 1_000);
		assertThat(List.copyOf(goneOff)).isSorted();
		stepped.close();
	}

	@Test
	void aTimerIsInTimeAfterYearsWithoutAny() throws Exception {
		AtomicLong clock = new AtomicLong();
		TimerWheel stepped = new TimerWheel("stepped", clock::get);
		CountDownLatch due = new CountDownLatch(1);

		clock.set(Duration.ofDays(10 * 365).toNanos());
		stepped.add(timer(due::countDown), 0);

		assertThat(due.await(30, TimeUnit.SECONDS)).isTrue();
		stepped.close();
	}

	private static TimerWheel.Timer timer(Runnable action) {
		return new TimerWheel.Timer() {

			@Override
			void due() {
				action.run();
			}

		};
	}

}
