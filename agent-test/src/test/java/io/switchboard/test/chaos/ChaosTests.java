package io.switchboard.test.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import io.switchboard.AgentPath;
import io.switchboard.MessageRejectedException;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.supervision.Restart;
import io.switchboard.tree.AgentNode;
import io.switchboard.tree.LastExit;
import io.switchboard.tree.NodeStatus;
import io.switchboard.tree.TreeNode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A thousand agents under random crashes, kills, slow and failing starts, and stops. One
 * minute unless {@code -Dtests.chaos=PT10M} or the like says otherwise;
 * {@code -Dtests.chaos.seed} repeats the choices, though not how threads take turns.
 */
class ChaosTests {

	private static final Duration DURATION = Duration.parse(System.getProperty("tests.chaos", "PT60S"));

	private static final long SEED = Long.getLong("tests.chaos.seed", System.nanoTime());

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private static final int MONKEYS = 4;

	private final AtomicBoolean calm = new AtomicBoolean(true);

	private final Ledger ledger = new Ledger();

	private final ChaosTree tree = new ChaosTree(this.ledger, this.calm::get, SEED);

	@Test
	void afterAMinuteOfChaosEverythingIsWhereItBelongs() throws Exception {
		List<Thread> before = runtimeThreads();
		AgentSystem system = AgentSystem.builder(this.tree.root).listener(this.ledger).build();
		system.start().block(PATIENCE);

		rage(system);

		assertThat(eventually(() -> isSettled(system))).as("settled; %s", unsettled(system)).isTrue();
		finishWhatIsInHand(system);
		assertThat(eventually(() -> isSettled(system))).as("settled; %s", unsettled(system)).isTrue();
		assertThat(eventually(() -> this.ledger.asked.get() == this.ledger.answered.get() + this.ledger.failed.get()))
			.as("every asker was told")
			.isTrue();
		assertThat(this.ledger.faults).as("seed %d", SEED).isEmpty();
		assertThatAnswersComeFromTheLivesOfTheTree(system);
		assertThatEachMessageWasHandledOrLostWithACause();
		assertThat(this.ledger.restarts.get()).isGreaterThan(100);
		assertThat(this.ledger.killed.get()).isGreaterThan(10);
		assertThat(this.ledger.startsFailed.get()).isPositive();

		system.stop().block(PATIENCE);

		assertThat(eventually(() -> runtimeThreads().size() <= before.size())).as("threads left: %s", runtimeThreads())
			.isTrue();
		assertThat(eventually(() -> this.ledger.subscriptions.get() == 0)).as("subscriptions left").isTrue();
		assertThat(this.tree.agents)
			.allSatisfy((path) -> assertThat(this.ledger.livesAt(path)).as("%s", path).isZero());
		assertThat(this.ledger.faults).as("seed %d", SEED).isEmpty();
	}

	private void rage(AgentSystem system) throws InterruptedException {
		this.calm.set(false);
		List<Thread> monkeys = new ArrayList<>();
		for (int i = 0; i < MONKEYS; i++) {
			Thread monkey = new Thread(new ChaosMonkey(system, this.tree.agents, this.tree.supervisors, this.ledger,
					this.calm::get, SEED + i), "monkey-" + i);
			monkeys.add(monkey);
			monkey.start();
		}
		LockSupport.parkNanos(DURATION.toNanos());
		this.calm.set(true);
		for (Thread monkey : monkeys) {
			monkey.join(PATIENCE.toMillis());
			assertThat(monkey.isAlive()).isFalse();
		}
	}

	/**
	 * The last message in hand may be one that crashes its agent, and with it a whole
	 * team. A question is answered when that is over.
	 * @param system the system, whose mailboxes are empty
	 */
	private void finishWhatIsInHand(AgentSystem system) {
		for (AgentPath path : this.tree.agents) {
			TreeNode node = system.node(path);
			if (node != null && node.status() == NodeStatus.RUNNING) {
				Order order = new Order(this.ledger.ids.incrementAndGet(), Order.Deed.ANSWER);
				this.ledger.accepted.incrementAndGet();
				system.agent(path, Object.class)
					.ask(order, Long.class)
					.doOnError(MessageRejectedException.class, (ex) -> this.ledger.accepted.decrementAndGet())
					.onErrorComplete()
					.block(PATIENCE);
			}
		}
	}

	private boolean isSettled(AgentSystem system) {
		return unsettled(system).isEmpty();
	}

	private List<TreeNode> unsettled(AgentSystem system) {
		List<TreeNode> result = new ArrayList<>();
		system.tree().walk().filter((node) -> !isWhereItBelongs(node)).forEach(result::add);
		return result;
	}

	private static boolean isWhereItBelongs(TreeNode node) {
		if (node.status() == NodeStatus.RUNNING) {
			// what waits may be a message that crashes its agent
			return !(node instanceof AgentNode agent) || agent.mailbox().size() == 0;
		}
		LastExit last = node.lastExit();
		return node instanceof AgentNode agent && agent.restart() == Restart.TRANSIENT
				&& node.status() == NodeStatus.STOPPED && last != null && !last.reason().isAbnormal();
	}

	private void assertThatAnswersComeFromTheLivesOfTheTree(AgentSystem system) {
		int asked = 0;
		for (AgentPath path : this.tree.agents) {
			TreeNode node = system.node(path);
			if (node != null && node.status() == NodeStatus.RUNNING) {
				Order order = new Order(this.ledger.ids.incrementAndGet(), Order.Deed.ANSWER);
				this.ledger.accepted.incrementAndGet();
				Long incarnation = system.agent(path, Object.class).ask(order, Long.class).block(PATIENCE);
				assertThat(incarnation).as("%s", path).isEqualTo(node.incarnation());
				assertThat(this.ledger.livesAt(path)).as("%s", path).isEqualTo(1);
				asked++;
			}
		}
		assertThat(asked).isGreaterThan(500);
	}

	/**
	 * A message that is neither handled nor a dead letter was in the hand of a life that
	 * was ended by force, before its handler began.
	 */
	private void assertThatEachMessageWasHandledOrLostWithACause() {
		int unaccounted = this.ledger.accepted.get() - this.ledger.handled.get() - this.ledger.lost.get();
		assertThat(unaccounted).isBetween(0, this.ledger.killed.get());
	}

	private static List<Thread> runtimeThreads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("switchboard"))
			.toList();
	}

	private static boolean eventually(BooleanSupplier condition) {
		long until = System.nanoTime() + PATIENCE.toNanos();
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() - until > 0) {
				return false;
			}
			LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
		}
		return true;
	}

}
