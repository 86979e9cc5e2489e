package io.switchboard.test.behaviour;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.switchboard.AgentPath;
import io.switchboard.Monitor;
import io.switchboard.Terminated;
import io.switchboard.supervision.ChildSpec;
import io.switchboard.supervision.RestartIntensity;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.test.ProbeFailure;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Monitors and links on the runtime's own threads: made, taken away and told at the same
 * time.
 */
class TiesUnderCrashesTests {

	private static final int TARGETS = 6;

	private static final int WATCHERS = 3;

	private static final int WATCHES_EACH = 3_000;

	private static final int PAIRS = 4;

	private static final int ROUNDS = 500;

	/**
	 * How often each watch was told.
	 */
	private final Map<String, AtomicInteger> told = new ConcurrentHashMap<>();

	private final AtomicInteger prevented = new AtomicInteger();

	private final Queue<String> faults = new ConcurrentLinkedQueue<>();

	@Test
	void eachMonitorGivesOneNoticeUnlessItWasPrevented() {
		CountDownLatch settled = new CountDownLatch(WATCHERS * WATCHES_EACH);
		try (RealThreads threads = new RealThreads(tree())) {
			List<Thread> busy = new ArrayList<>(crashes(threads));
			for (int watcher = 0; watcher < WATCHERS; watcher++) {
				String path = "/watcher-" + watcher;
				busy.add(start(WATCHES_EACH, (random, round) -> watch(threads, path, random, round, settled)));
			}
			busy.forEach(TiesUnderCrashesTests::join);
			IntStream.range(0, TARGETS)
				.forEach((target) -> RealThreads
					.await(threads.system.supervisor(AgentPath.ROOT).terminateChild("target-" + target)));

			RealThreads.await(settled);
			IntStream.range(0, WATCHERS).forEach((watcher) -> life(threads, "/watcher-" + watcher));
		}

		assertThat(this.faults).isEmpty();
		assertThat(this.prevented).hasPositiveValue();
		assertThat(this.told.values()).extracting(AtomicInteger::get).containsOnly(1);
		assertThat(this.told.size() + this.prevented.get()).isEqualTo(WATCHERS * WATCHES_EACH);
	}

	@Test
	void eachSubscriberIsToldOnceUnlessItLeaves() {
		Set<String> toldOrLeft = ConcurrentHashMap.newKeySet();
		CountDownLatch settled = new CountDownLatch(WATCHES_EACH);
		try (RealThreads threads = new RealThreads(tree())) {
			List<Thread> busy = new ArrayList<>(crashes(threads));
			busy.add(start(WATCHES_EACH, (random, round) -> {
				Disposable subscriber = threads.system.whenTerminated(target(random))
					.doOnNext((end) -> count("subscriber " + round))
					.doOnCancel(() -> toldOrLeft.add("subscriber " + round))
					.doFinally((end) -> settled.countDown())
					.subscribe();
				if (random.nextInt(4) == 0) {
					subscriber.dispose();
				}
			}));
			busy.forEach(TiesUnderCrashesTests::join);
		}

		RealThreads.await(settled);
		assertThat(this.told.values()).extracting(AtomicInteger::get).containsOnly(1);
		// one that leaves in the moment it is told is both
		toldOrLeft.addAll(this.told.keySet());
		assertThat(toldOrLeft).hasSize(WATCHES_EACH);
	}

	@Test
	void linkThatMeetsAnEndEndsItsMakerOnceAndNoMore() {
		inPairs((threads, left, right, random) -> {
			long leftLife = life(threads, left);
			long rightLife = life(threads, right);
			CompletableFuture<Terminated> leftEnd = end(threads, left);

			boolean first = random.nextBoolean();
			CompletableFuture<Long> linked = (first) ? link(threads, left, right) : null;
			crash(threads, right);
			await((linked != null) ? linked : link(threads, left, right));
			// it may be linked to the life that came after the crash
			crash(threads, right);

			await(leftEnd);
			expect(right, rightLife + 2, life(threads, right));
			expect(left, leftLife + 1, life(threads, left));
		});
	}

	@Test
	void linkMadeFromBothSidesIsOne() {
		inPairs((threads, left, right, random) -> {
			long leftLife = life(threads, left);
			long rightLife = life(threads, right);
			CompletableFuture<Long> there = link(threads, left, right);
			CompletableFuture<Long> back = link(threads, right, left);
			await(there);
			await(back);
			CompletableFuture<Terminated> rightEnd = end(threads, right);

			crash(threads, left);

			await(rightEnd);
			expect(left, leftLife + 1, life(threads, left));
			expect(right, rightLife + 1, life(threads, right));
		});
	}

	@Test
	void unlinkMeetsALinkFromTheOtherSide() {
		inPairs((threads, left, right, random) -> {
			long leftLife = life(threads, left);
			CompletableFuture<Long> there = link(threads, left, right);
			CompletableFuture<Long> back = unlink(threads, right, left);
			await(there);
			await(back);
			await(unlink(threads, left, right));

			crash(threads, right);
			life(threads, right);

			expect(left, leftLife, life(threads, left));
		});
	}

	private List<Thread> crashes(RealThreads threads) {
		return List.of(start(WATCHES_EACH, (random, round) -> crash(threads, target(random).toString())), start(
				WATCHES_EACH / 4, (random, round) -> threads.system.control(target(random)).kill().block(Trees.LIMIT)));
	}

	private void watch(RealThreads threads, String watcher, SplittableRandom random, int round,
			CountDownLatch settled) {
		String id = watcher + " " + round;
		AgentPath target = target(random);
		Act watch = (context) -> Mono.just(context.monitor(target, (end) -> (Act) (same) -> {
			count(id);
			settled.countDown();
			return Mono.empty();
		}));
		Monitor monitor = RealThreads.await(threads.agent(watcher).ask(watch, Monitor.class, Trees.LIMIT));
		if (monitor != null && random.nextInt(4) == 0 && monitor.cancel()) {
			this.prevented.incrementAndGet();
			settled.countDown();
			if (!monitor.cancel()) {
				this.faults.add(id + " was told after it was cancelled");
			}
		}
	}

	private void count(String id) {
		this.told.computeIfAbsent(id, (missing) -> new AtomicInteger()).incrementAndGet();
	}

	private void inPairs(Round round) {
		try (RealThreads threads = new RealThreads(tree())) {
			IntStream.range(0, PAIRS)
				.mapToObj((pair) -> start(ROUNDS,
						(random, number) -> round.play(threads, "/left-" + pair, "/right-" + pair, random)))
				.toList()
				.forEach(TiesUnderCrashesTests::join);
		}

		assertThat(this.faults).isEmpty();
	}

	private void expect(String path, long expected, long life) {
		if (life != expected) {
			this.faults.add(path + " should live its life " + expected + ", but lives " + life);
		}
	}

	private static CompletableFuture<Long> link(RealThreads threads, String from, String to) {
		return act(threads, from, (context) -> {
			context.link(AgentPath.of(to));
			return Mono.just(context.incarnation());
		});
	}

	private static CompletableFuture<Long> unlink(RealThreads threads, String from, String to) {
		return act(threads, from, (context) -> {
			context.unlink(AgentPath.of(to));
			return Mono.just(context.incarnation());
		});
	}

	private static void crash(RealThreads threads, String path) {
		threads.agent(path).tell((Act) (context) -> Mono.error(new ProbeFailure("told to fail")));
	}

	/**
	 * Wait for the end of the current life. An agent may be up again before those who
	 * were linked to it have heard of its end.
	 */
	private static CompletableFuture<Terminated> end(RealThreads threads, String path) {
		return threads.system.whenTerminated(AgentPath.of(path)).toFuture();
	}

	/**
	 * Ask an agent which life it lives. The question is behind all that it was sent, and
	 * behind what it has heard of its partners.
	 */
	private static long life(RealThreads threads, String path) {
		return await(act(threads, path, (context) -> Mono.just(context.incarnation())));
	}

	private static CompletableFuture<Long> act(RealThreads threads, String path, Act act) {
		return threads.agent(path).ask(act, Long.class, Trees.LIMIT).toFuture();
	}

	private static <T> T await(CompletableFuture<T> answer) {
		return answer.orTimeout(Trees.LIMIT.toSeconds(), TimeUnit.SECONDS).join();
	}

	private static AgentPath target(SplittableRandom random) {
		return AgentPath.ROOT.child("target-" + random.nextInt(TARGETS));
	}

	private static SupervisorSpec tree() {
		List<ChildSpec> agents = new ArrayList<>();
		IntStream.range(0, TARGETS).forEach((number) -> agents.add(Act.agent("target-" + number)));
		IntStream.range(0, WATCHERS).forEach((number) -> agents.add(Act.agent("watcher-" + number)));
		for (int pair = 0; pair < PAIRS; pair++) {
			agents.add(Act.agent("left-" + pair));
			agents.add(Act.agent("right-" + pair));
		}
		return SupervisorSpec.builder("root")
			.intensity(new RestartIntensity(Integer.MAX_VALUE, Duration.ofMillis(1)))
			.children(agents)
			.build();
	}

	private Thread start(int times, Deed deed) {
		SplittableRandom random = new SplittableRandom(times);
		Thread thread = new Thread(() -> {
			try {
				IntStream.range(0, times).forEach((round) -> deed.perform(random, round));
			}
			catch (RuntimeException ex) {
				this.faults.add(ex.toString());
			}
		});
		thread.start();
		return thread;
	}

	private static void join(Thread thread) {
		try {
			thread.join(Trees.LIMIT.toMillis());
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
		assertThat(thread.isAlive()).as(thread.getName()).isFalse();
	}

	/**
	 * What a thread does again and again.
	 */
	@FunctionalInterface
	private interface Deed {

		void perform(SplittableRandom random, int round);

	}

	/**
	 * What happens to a pair of agents that nobody else knows.
	 */
	@FunctionalInterface
	private interface Round {

		void play(RealThreads threads, String left, String right, SplittableRandom random);

	}

}
