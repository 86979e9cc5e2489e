package io.switchboard.registry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.switchboard.event.AgentEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.subscriber.TestSubscriber;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of what happens at the same time: registering, looking up and dying.
 */
class RegistryRaceTests {

	private static final int THREADS = 4;

	private static final int ROUNDS = 2_000;

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

	private final Scheduler scheduler = Schedulers.newParallel("registry-race", 2);

	private final TestResidents residents = new TestResidents(this.scheduler);

	private final AgentRegistry registry = this.residents.registry;

	@AfterEach
	void stopThreads() {
		this.threads.shutdownNow();
		this.scheduler.dispose();
	}

	@Test
	void oneOfManyGetsTheName() throws Exception {
		for (int round = 0; round < ROUNDS; round++) {
			String key = "name " + round;
			AtomicInteger winners = new AtomicInteger();

			atOnce((thread) -> {
				Owner owner = this.residents.life("/agent-" + thread, 1);
				if (this.registry.names().register(key, owner).isRegistered()) {
					winners.incrementAndGet();
				}
			});

			assertThat(winners).hasValue(1);
		}
	}

	@Test
	void nothingIsLeftOfWhoeverDiesWhileRegistering() throws Exception {
		for (int round = 0; round < ROUNDS; round++) {
			Owner dying = this.residents.life("/dying", round + 1);

			atOnce((thread) -> {
				switch (thread) {
					case 0 -> this.residents.end(dying);
					case 1 -> this.registry.names().register("name", dying);
					case 2 -> this.registry.groups().join("group", dying);
					default -> this.registry.topics().subscribe("topic", dying);
				}
			});

			assertThat(this.registry.names().all()).isEmpty();
			assertThat(this.registry.groups().all()).isEmpty();
			assertThat(this.registry.topics().all()).isEmpty();
		}
	}

	@Test
	void theDeadNeverBlockTheLiving() throws Exception {
		Owner living = this.residents.life("/living", 1);
		for (int round = 0; round < ROUNDS; round++) {
			Owner dying = this.residents.life("/dying", round + 1);
			this.registry.names().register("name", dying);
			this.residents.die(dying);

			atOnce((thread) -> {
				switch (thread) {
					case 0 -> this.residents.end(dying);
					case 1 -> assertThat(this.registry.names().register("name", living).isRegistered()).isTrue();
					case 2 -> this.registry.names().register("name", dying);
					default -> this.registry.names().unregister("name", dying);
				}
			});

			assertThat(this.registry.names().whereIs("name")).isEqualTo(new Name("name", living, null));
			assertThat(this.registry.names().unregister("name", living)).isTrue();
		}
		assertEventsAlternate();
	}

	private void assertEventsAlternate() {
		List<Boolean> registrations = this.residents.events.stream()
			.map((event) -> event instanceof AgentEvent.NameRegistered)
			.toList();
		assertThat(registrations).hasSize(4 * ROUNDS);
		assertThat(IntStream.range(0, registrations.size()).filter((i) -> registrations.get(i) != (i % 2 == 0)))
			.as("events out of order")
			.isEmpty();
	}

	@Test
	void aMonitorsViewIsTheGroupWhateverRaces() throws Exception {
		Groups groups = this.registry.groups();
		Owner lasting = this.residents.life("/lasting", 1);
		groups.join("g", lasting);
		List<TestSubscriber<GroupEvent>> monitors = new ArrayList<>();
		for (int round = 0; round < 200; round++) {
			Owner dying = this.residents.life("/dying", round + 1);
			Owner leaving = this.residents.life("/leaving", round + 1);
			TestSubscriber<GroupEvent> monitor = TestSubscriber.create();
			groups.join("g", leaving);
			groups.join("g", dying);

			atOnce((thread) -> {
				switch (thread) {
					case 0 -> this.residents.end(dying);
					case 1 -> groups.leave("g", dying);
					case 2 -> groups.leave("g", leaving);
					default -> groups.monitor("g").subscribe(monitor);
				}
			});
			monitors.add(monitor);
		}
		groups.leave("g", lasting);
		this.residents.endSystem();

		for (TestSubscriber<GroupEvent> monitor : monitors) {
			monitor.block(LIMIT);
			assertThat(replay(monitor.getReceivedOnNext())).as("members by the monitor's account").isEmpty();
		}
	}

	private static List<Owner> replay(List<GroupEvent> events) {
		List<Owner> members = new ArrayList<>();
		assertThat(events).first().isInstanceOf(GroupEvent.Members.class);
		for (GroupEvent event : events) {
			if (event instanceof GroupEvent.Members snapshot) {
				assertThat(members).isEmpty();
				members.addAll(snapshot.members());
			}
			else if (event instanceof GroupEvent.Joined joined) {
				members.add(joined.member());
			}
			else if (event instanceof GroupEvent.Left left) {
				assertThat(members.remove(left.member())).as("was a member: %s", left).isTrue();
			}
		}
		return members;
	}

	@Test
	void aLockIsHeldByOneAtATimeAndAlwaysReleased() throws Exception {
		AtomicInteger inside = new AtomicInteger();
		AtomicInteger done = new AtomicInteger();
		List<TestSubscriber<Integer>> all = new ArrayList<>();
		for (int round = 0; round < 500; round++) {
			Owner dying = this.residents.life("/dying", round + 1);
			List<TestSubscriber<Integer>> waiting = List.of(TestSubscriber.create(), TestSubscriber.create(),
					TestSubscriber.create());

			atOnce((thread) -> {
				Mono<Integer> work = Mono.fromCallable(() -> {
					assertThat(inside.incrementAndGet()).isOne();
					inside.decrementAndGet();
					return done.incrementAndGet();
				});
				if (thread == 0) {
					this.residents.end(dying);
				}
				else if (thread == 1) {
					// its thread cannot be stopped with its owner, and may still be at it
					// when the next one has the lock
					this.registry.names()
						.withLock("k", dying, Mono.fromCallable(done::incrementAndGet))
						.subscribe(waiting.get(0));
				}
				else {
					this.registry.names().withLock("k", work).subscribe(waiting.get(thread - 1));
				}
			});
			all.addAll(waiting);
		}

		for (TestSubscriber<Integer> subscriber : all) {
			subscriber.block(LIMIT);
		}
		assertThat(all.stream().filter(TestSubscriber::isTerminatedError).map(TestSubscriber::expectTerminalError))
			.hasOnlyElementsOfType(OwnerGoneException.class);
		assertThat(done.get()).isGreaterThanOrEqualTo(1000);
		assertThat(this.residents.boundToSystem()).isZero();
	}

	@Test
	void aSubscriberReceivesFromManySendersInTheOrderOfEach() throws Exception {
		TestSubscriber<int[]> subscriber = TestSubscriber.create();
		this.registry.topics().subscribe("x", int[].class, Overflow.fail(THREADS * ROUNDS)).subscribe(subscriber);

		atOnce((thread) -> {
			for (int i = 0; i < ROUNDS; i++) {
				this.registry.topics().broadcast("x", new int[] { thread, i });
			}
		});
		this.residents.endSystem();
		subscriber.block(LIMIT);

		assertThat(subscriber.getReceivedOnNext()).hasSize(THREADS * ROUNDS);
		for (int thread = 0; thread < THREADS; thread++) {
			int sender = thread;
			assertThat(subscriber.getReceivedOnNext().stream().filter((message) -> message[0] == sender))
				.extracting((message) -> message[1])
				.isSorted();
		}
	}

	@Test
	void anyHistoryOfJoinsAndDeathsLeavesWhoIsAlive() {
		SplittableRandom random = new SplittableRandom(7);
		for (int history = 0; history < ROUNDS; history++) {
			AgentRegistry fresh = AgentRegistry.over(this.residents);
			List<Owner> expected = new ArrayList<>();
			List<Owner> living = new ArrayList<>();
			for (int step = 0; step < 20; step++) {
				int choice = random.nextInt(10);
				if (living.isEmpty() || choice < 3) {
					living.add(this.residents.life("/" + history + "-" + step, 1));
				}
				Owner owner = living.get(random.nextInt(living.size()));
				if (choice < 6) {
					fresh.groups().join("g", owner);
					expected.add(owner);
				}
				else if (choice < 8) {
					assertThat(fresh.groups().leave("g", owner)).isEqualTo(expected.remove(owner));
				}
				else {
					this.residents.end(owner);
					living.remove(owner);
					expected.removeIf(owner::equals);
				}
				assertThat(fresh.groups().members("g")).as("history %d, step %d", history, step)
					.containsExactlyElementsOf(expected);
			}
		}
	}

	/**
	 * Run something on all threads at the same moment and wait for it.
	 * @param task is given the number of its thread
	 */
	private void atOnce(Task task) throws InterruptedException, ExecutionException, TimeoutException {
		CyclicBarrier start = new CyclicBarrier(THREADS);
		List<Future<?>> running = new ArrayList<>();
		for (int i = 0; i < THREADS; i++) {
			int thread = i;
			running.add(this.threads.submit(() -> {
				await(start);
				task.run(thread);
			}));
		}
		for (Future<?> future : running) {
			future.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
		}
	}

	private static void await(CyclicBarrier barrier) {
		try {
			barrier.await(LIMIT.toSeconds(), TimeUnit.SECONDS);
		}
		catch (InterruptedException | BrokenBarrierException | TimeoutException ex) {
			throw new AssertionError(ex);
		}
	}

	/**
	 * What one of several threads does.
	 */
	@FunctionalInterface
	private interface Task {

		void run(int thread);

	}

}
