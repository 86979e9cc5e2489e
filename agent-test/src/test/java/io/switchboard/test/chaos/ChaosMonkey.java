package io.switchboard.test.chaos;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import io.switchboard.AgentPath;
import io.switchboard.AgentRef;
import io.switchboard.MessageRejectedException;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.runtime.ChildOperationException;
import io.switchboard.runtime.ChildOperationException.Problem;
import io.switchboard.runtime.SupervisorRef;
import reactor.core.publisher.Mono;

/**
 * Talks to agents, breaks them, kills them and their supervisors, stops them and starts
 * them again, at random, until it is told to be calm.
 */
final class ChaosMonkey implements Runnable {

	private static final List<Order.Deed> HARMLESS = List.of(Order.Deed.ANSWER, Order.Deed.ANSWER,
			Order.Deed.ANSWER_LATER, Order.Deed.DEFER, Order.Deed.BLOCK, Order.Deed.REMIND, Order.Deed.STASH);

	private static final List<Order.Deed> HARMFUL = List.of(Order.Deed.CRASH, Order.Deed.CRASH_LATER, Order.Deed.STOP);

	private final AgentSystem system;

	private final List<AgentPath> agents;

	private final List<AgentPath> supervisors;

	private final Ledger ledger;

	private final BooleanSupplier calm;

	private final SplittableRandom random;

	ChaosMonkey(AgentSystem system, List<AgentPath> agents, List<AgentPath> supervisors, Ledger ledger,
			BooleanSupplier calm, long seed) {
		this.system = system;
		this.agents = agents;
		this.supervisors = supervisors;
		this.ledger = ledger;
		this.calm = calm;
		this.random = new SplittableRandom(seed);
	}

	@Override
	public void run() {
		while (!this.calm.getAsBoolean()) {
			for (int i = 0; i < 10; i++) {
				act();
			}
			LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
		}
	}

	private void act() {
		int dice = this.random.nextInt(1000);
		AgentPath path = any(this.agents);
		if (dice < 450) {
			tell(path, any(HARMLESS));
		}
		else if (dice < 900) {
			ask(path, any(HARMLESS));
		}
		else if (dice < 960) {
			tell(path, any(HARMFUL));
		}
		else if (dice < 980) {
			kill(path);
		}
		else if (dice < 981) {
			kill(any(this.supervisors));
		}
		else if (dice < 990) {
			stopAndStart(path);
		}
		else {
			suspendAndResume(path);
		}
	}

	private <T> T any(List<T> list) {
		return list.get(this.random.nextInt(list.size()));
	}

	private void tell(AgentPath path, Order.Deed deed) {
		if (ref(path).tell(order(deed)).isAccepted()) {
			this.ledger.accepted.incrementAndGet();
		}
	}

	private void ask(AgentPath path, Order.Deed deed) {
		this.ledger.asked.incrementAndGet();
		this.ledger.accepted.incrementAndGet();
		ref(path).ask(order(deed), Long.class, Duration.ofMillis(this.random.nextInt(1, 5_000)))
			.doOnError(MessageRejectedException.class, (ex) -> this.ledger.accepted.decrementAndGet())
			.subscribe((answer) -> {
			}, (ex) -> this.ledger.failed.incrementAndGet(), this.ledger.answered::incrementAndGet);
	}

	private Order order(Order.Deed deed) {
		return new Order(this.ledger.ids.incrementAndGet(), deed);
	}

	private AgentRef<Object> ref(AgentPath path) {
		return this.system.agent(path, Object.class);
	}

	private void kill(AgentPath path) {
		// it may be down already
		this.system.control(path).kill().onErrorComplete(ChildOperationException.class).subscribe((done) -> {
		}, this::unexpected);
	}

	private void suspendAndResume(AgentPath path) {
		this.system.control(path)
			.suspend()
			.onErrorComplete()
			.then(Mono.defer(() -> this.system.control(path).resume()))
			.onErrorComplete()
			.subscribe((done) -> {
			}, this::unexpected);
	}

	private void stopAndStart(AgentPath path) {
		AgentPath parent = path.parent();
		if (parent == null) {
			return;
		}
		SupervisorRef supervisor = this.system.supervisor(parent);
		await(supervisor.terminateChild(path.name()).onErrorComplete(ChildOperationException.class));
		bringUp(supervisor, path.name());
	}

	/**
	 * Start a child that was stopped by hand until it is up, or somebody else is at it.
	 * @param supervisor the supervisor
	 * @param child the child
	 */
	private void bringUp(SupervisorRef supervisor, String child) {
		Problem[] problem = { Problem.START_FAILED };
		for (int attempts = 0; problem[0] == Problem.START_FAILED
				|| problem[0] == Problem.START_CANCELLED; attempts++) {
			problem[0] = Problem.RUNNING;
			await(supervisor.restartChild(child)
				.doOnError(ChildOperationException.class, (ex) -> problem[0] = ex.problem())
				.onErrorComplete(ChildOperationException.class));
			if (attempts > 1000) {
				this.ledger.faults.add("%s/%s does not start".formatted(supervisor.path(), child));
				return;
			}
		}
	}

	private void await(Mono<?> answer) {
		CountDownLatch over = new CountDownLatch(1);
		answer.doFinally((end) -> over.countDown()).subscribe((done) -> {
		}, this::unexpected);
		try {
			if (!over.await(1, TimeUnit.MINUTES)) {
				this.ledger.faults.add("a supervisor did not answer within a minute");
			}
		}
		catch (InterruptedException ex) {
			this.ledger.faults.add("interrupted while waiting for a supervisor");
		}
	}

	private void unexpected(Throwable ex) {
		this.ledger.faults.add("unexpected " + ex);
	}

}
