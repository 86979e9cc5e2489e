package io.switchboard.benchmarks.races;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import io.switchboard.AgentPath;
import io.switchboard.AgentRef;
import io.switchboard.Behaviour;
import io.switchboard.SendResult;
import io.switchboard.event.AgentEvent;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.RestartIntensity;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.tree.NodeStatus;
import io.switchboard.tree.TreeNode;

/**
 * A system with one agent, {@code /agent}, and what became of it. Nothing runs but what
 * the threads of the race run.
 */
final class Stage {

	static final AgentPath AGENT = AgentPath.of("/agent");

	final OnTheSpot scheduler = new OnTheSpot();

	final AtomicInteger starts = new AtomicInteger();

	final AtomicInteger exits = new AtomicInteger();

	/**
	 * Messages that were accepted and reached nobody.
	 */
	final AtomicInteger lost = new AtomicInteger();

	/**
	 * Messages that were refused.
	 */
	final AtomicInteger refused = new AtomicInteger();

	final AgentSystem system;

	final AgentRef<String> agent;

	Stage(Behaviour<String> behaviour) {
		this(behaviour, UnaryOperator.identity());
	}

	Stage(Behaviour<String> behaviour, UnaryOperator<AgentSpec.Builder<String>> settings) {
		SupervisorSpec root = SupervisorSpec.builder("root")
			.intensity(new RestartIntensity(1_000, Duration.ofMinutes(1)))
			.child(settings.apply(AgentSpec.builder("agent", String.class, () -> behaviour)).build())
			.build();
		this.system = AgentSystem.builder(root)
			.scheduler(this.scheduler)
			.blockingScheduler(this.scheduler)
			.listener(this::happened)
			.build();
		this.system.start().subscribe((nothing) -> {
		}, (ex) -> {
			throw new IllegalStateException(ex);
		});
		this.agent = this.system.agent(AGENT, String.class);
	}

	private void happened(AgentEvent event) {
		if (event instanceof AgentEvent.DeadLetter letter) {
			((letter.result() == SendResult.ACCEPTED) ? this.lost : this.refused).incrementAndGet();
		}
		else if (!event.path().equals(AGENT)) {
			return;
		}
		else if (event instanceof AgentEvent.Started || event instanceof AgentEvent.Restarted) {
			this.starts.incrementAndGet();
		}
		else if (event instanceof AgentEvent.Exited) {
			this.exits.incrementAndGet();
		}
	}

	/**
	 * Have the supervisor stop the agent.
	 */
	void terminate() {
		this.system.supervisor(AgentPath.ROOT).terminateChild("agent").subscribe((done) -> {
		}, (ex) -> {
			throw new IllegalStateException(ex);
		});
	}

	/**
	 * End the agent without asking it.
	 */
	void kill() {
		this.system.control(AGENT).kill().subscribe((done) -> {
		}, (ex) -> {
			throw new IllegalStateException(ex);
		});
	}

	NodeStatus status() {
		TreeNode node = this.system.node(AGENT);
		return (node != null) ? node.status() : NodeStatus.STOPPED;
	}

}
