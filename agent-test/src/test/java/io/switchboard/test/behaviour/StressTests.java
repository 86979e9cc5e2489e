package io.switchboard.test.behaviour;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.switchboard.AgentContext;
import io.switchboard.AgentExitedException;
import io.switchboard.AgentPath;
import io.switchboard.Behaviour;
import io.switchboard.MessageRejectedException;
import io.switchboard.SendResult;
import io.switchboard.event.AgentEvent;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.BudgetScope;
import io.switchboard.supervision.ChildSpec;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.Restart;
import io.switchboard.supervision.Strategy;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.test.ProbeFailure;
import io.switchboard.tree.AgentNode;
import io.switchboard.tree.NodeStatus;
import io.switchboard.tree.TreeNode;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A thousand agents on real threads, while several threads talk to them and make them
 * crash.
 */
class StressTests {

	private static final long SEED = 20260101;

	private static final int SENDERS = 4;

	private static final int MESSAGES_EACH = 3000;

	private static final int GROUPS = 10;

	private static final int PER_GROUP = 50;

	private static final int SESSIONS = 500;

	/**
	 * No run needs as many restarts.
	 */
	private static final int PLENTY = SENDERS * MESSAGES_EACH;

	private final AtomicLong ids = new AtomicLong();

	private final Set<Long> handled = ConcurrentHashMap.newKeySet();

	private final Set<String> faults = ConcurrentHashMap.newKeySet();

	private final AtomicInteger accepted = new AtomicInteger();

	private final AtomicInteger answered = new AtomicInteger();

	private final AtomicInteger exited = new AtomicInteger();

	private final CountDownLatch underLoad = new CountDownLatch(SENDERS * MESSAGES_EACH / 10);

	private final CountDownLatch unanswered = new CountDownLatch(SENDERS * MESSAGES_EACH);

	@Test
	void everyMessageIsHandledOnceAndEveryAgentIsWhereItBelongs() {
		try (RealThreads threads = new RealThreads(tree())) {
			startSenders(threads).forEach(StressTests::join);
			RealThreads.await(this.unanswered);
			settle(threads);

			assertThat(this.faults).isEmpty();
			assertThat(this.answered).hasPositiveValue();
			assertThat(this.exited).hasPositiveValue();
			assertThat(this.handled.size() + lost(threads)).isEqualTo(this.accepted.get());
			assertThat(threads.system.tree().walk()).filteredOn(AgentNode.class::isInstance)
				.hasSizeBetween(GROUPS * PER_GROUP, GROUPS * PER_GROUP + SESSIONS)
				.allSatisfy((node) -> assertThat(node.status()).as("%s", node.path()).isEqualTo(NodeStatus.RUNNING));
			assertThatIncarnationsFollowFromTheExits(threads);
		}
	}

	@Test
	void stopUnderLoadLeavesNobodyWaiting() {
		RealThreads threads = new RealThreads(tree());
		List<Thread> senders = startSenders(threads);
		RealThreads.await(this.underLoad);

		threads.close();

		senders.forEach(StressTests::join);
		RealThreads.await(this.unanswered);
		assertThat(this.faults).isEmpty();
		assertThat(threads.system.tree().walk())
			.allSatisfy((node) -> assertThat(node.status()).as("%s", node.path()).isEqualTo(NodeStatus.STOPPED));
	}

	private List<Thread> startSenders(RealThreads threads) {
		CountDownLatch ready = new CountDownLatch(SENDERS);
		List<Thread> senders = new ArrayList<>();
		for (int sender = 0; sender < SENDERS; sender++) {
			Random random = new Random(SEED + sender);
			Thread thread = new Thread(() -> {
				ready.countDown();
				RealThreads.await(ready);
				for (int i = 0; i < MESSAGES_EACH; i++) {
					sendOne(threads, random);
				}
			}, "sender-" + sender);
			senders.add(thread);
			thread.start();
		}
		return senders;
	}

	private void sendOne(RealThreads threads, Random random) {
		this.underLoad.countDown();
		String path = (random.nextBoolean()) ? "/group" + random.nextInt(GROUPS) + "/a" + random.nextInt(PER_GROUP)
				: "/sessions/s" + random.nextInt(SESSIONS);
		Work work = Work.of(random.nextInt(100), path.startsWith("/sessions"));
		Job job = new Job(this.ids.incrementAndGet(), work);
		int way = random.nextInt(10);
		if (way < 4) {
			if (threads.agent(path).tell(job) == SendResult.ACCEPTED) {
				this.accepted.incrementAndGet();
			}
			this.unanswered.countDown();
		}
		else if (way < 9) {
			threads.agent(path)
				.ask(job, Long.class, Trees.LIMIT)
				.subscribe((answer) -> gotAnswer(job, answer), this::gotFailure, () -> {
				});
		}
		else {
			threads.agent(path)
				.stream(new Aside(work), Long.class)
				.take(random.nextInt(3))
				.doFinally((end) -> this.unanswered.countDown())
				.subscribe((element) -> {
				}, (ex) -> {
				});
		}
	}

	private void gotAnswer(Job job, long answer) {
		if (answer != job.id()) {
			this.faults.add("the answer to " + job + " was " + answer);
		}
		this.answered.incrementAndGet();
		this.accepted.incrementAndGet();
		this.unanswered.countDown();
	}

	private void gotFailure(Throwable ex) {
		if (ex instanceof AgentExitedException) {
			this.exited.incrementAndGet();
			this.accepted.incrementAndGet();
		}
		else if (!(ex instanceof MessageRejectedException)) {
			this.faults.add("an asker got " + ex);
		}
		this.unanswered.countDown();
	}

	/**
	 * Wait until all that was sent is handled: a last question to each agent is behind
	 * everything else, and one to each supervisor is behind its agents' reports.
	 * @param threads the running system
	 */
	private void settle(RealThreads threads) {
		List<String> paths = new ArrayList<>();
		IntStream.range(0, GROUPS * PER_GROUP)
			.forEach((i) -> paths.add("/group" + i / PER_GROUP + "/a" + i % PER_GROUP));
		IntStream.range(0, SESSIONS).forEach((i) -> paths.add("/sessions/s" + i));
		RealThreads.await(Flux.fromIterable(paths)
			.flatMap((path) -> threads.agent(path)
				.ask(new Aside(Work.ANSWER), Long.class, Trees.LIMIT)
				// a session that is just ending takes no question, the next one does
				.retry(1000))
			.then());
		RealThreads.await(Flux.fromStream(threads.system.tree().walk())
			.filter((node) -> !(node instanceof AgentNode))
			.flatMap((node) -> threads.system.supervisor(node.path()).terminateChild("nobody").onErrorComplete())
			.then());
	}

	private static long lost(RealThreads threads) {
		return threads.events.of(AgentEvent.DeadLetter.class)
			.stream()
			.filter((letter) -> letter.result() == SendResult.ACCEPTED && letter.messageType() == Job.class)
			.count();
	}

	private static void assertThatIncarnationsFollowFromTheExits(RealThreads threads) {
		Map<AgentPath, Long> exits = threads.events.of(AgentEvent.Exited.class)
			.stream()
			.collect(Collectors.groupingBy(AgentEvent.Exited::path, Collectors.counting()));
		assertThat(threads.system.tree().walk())
			.filteredOn((node) -> node.path().toString().startsWith("/group") && node instanceof AgentNode)
			.hasSize(GROUPS * PER_GROUP)
			.allSatisfy((node) -> {
				long expected = exits.getOrDefault(node.path(), 0L);
				assertThat(node.incarnation()).as("%s", node.path()).isEqualTo(1 + expected);
				assertThat(node.restarts()).as("%s", node.path()).isEqualTo(expected);
			});
		assertThat(threads.system.tree().walk()).filteredOn((node) -> !(node instanceof AgentNode))
			.extracting(TreeNode::incarnation)
			.containsOnly(1L);
	}

	private SupervisorSpec tree() {
		SupervisorSpec.Builder root = SupervisorSpec.builder("root");
		for (int group = 0; group < GROUPS; group++) {
			root.child(SupervisorSpec.builder("group" + group)
				.strategy((group == 0) ? Strategy.REST_FOR_ONE : Strategy.ONE_FOR_ONE)
				.intensity(Trees.perHour(PLENTY))
				.children(agents("a", PER_GROUP, Restart.PERMANENT))
				.build());
		}
		return root
			.child(DynamicSupervisorSpec.builder("sessions")
				.intensity(Trees.perHour(PLENTY))
				.budgetScope(BudgetScope.CHILD)
				.template((key) -> agent(key, Restart.TRANSIENT))
				.build())
			.build();
	}

	private List<ChildSpec> agents(String prefix, int count, Restart restart) {
		Function<Integer, ChildSpec> make = (i) -> agent(prefix + i, restart);
		return IntStream.range(0, count).boxed().map(make).toList();
	}

	private AgentSpec<Object> agent(String name, Restart restart) {
		return AgentSpec.builder(name, Object.class, () -> new Worker()).restart(restart).build();
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
	 * What to do.
	 */
	private enum Work {

		ANSWER, ANSWER_LATER, CRASH, CRASH_LATER, END;

		static Work of(int percent, boolean mayEnd) {
			if (percent < 50) {
				return ANSWER;
			}
			if (percent < 90) {
				return ANSWER_LATER;
			}
			if (percent < 94) {
				return CRASH;
			}
			return (percent < 97 || !mayEnd) ? CRASH_LATER : END;
		}

	}

	/**
	 * A message that is counted.
	 *
	 * @param id unique
	 * @param work what to do
	 */
	private record Job(long id, Work work) {

	}

	/**
	 * A message that may be skipped, or asked again, and so is not counted.
	 *
	 * @param work what to do
	 */
	private record Aside(Work work) {

	}

	/**
	 * Keeps state without any protection, as behaviours may, and checks that none was
	 * needed.
	 */
	private final class Worker implements Behaviour<Object> {

		private final AtomicInteger exact = new AtomicInteger();

		private int plain;

		private boolean busy;

		@Override
		public Publisher<?> onMessage(Object message, AgentContext<Object> context) {
			this.plain++;
			if (this.busy || this.plain != this.exact.incrementAndGet()) {
				StressTests.this.faults.add(context.path() + " was disturbed");
			}
			this.busy = true;
			if (message instanceof Job job) {
				if (!StressTests.this.handled.add(job.id())) {
					StressTests.this.faults.add(job + " was handled twice");
				}
				return work(job.work(), job.id(), context);
			}
			Publisher<Long> first = work(((Aside) message).work(), 0, context);
			return Flux.concat(first, work(Work.ANSWER_LATER, 0, context));
		}

		private Publisher<Long> work(Work work, long id, AgentContext<Object> context) {
			Mono<Long> done = Mono.fromCallable(() -> {
				this.busy = false;
				return id;
			});
			Mono<Long> later = done.delaySubscription(Duration.ofNanos(1000), context.scheduler())
				.doOnCancel(this::rest);
			return switch (work) {
				case ANSWER -> done;
				case ANSWER_LATER -> later;
				case CRASH -> throw new ProbeFailure("told to");
				case CRASH_LATER -> later.then(Mono.error(new ProbeFailure("told to")));
				case END -> {
					context.stop();
					yield done;
				}
			};
		}

		private void rest() {
			this.busy = false;
		}

	}

}
