package io.switchboard.autoconfigure.actuate;

import java.util.function.Predicate;

import io.switchboard.ExitReason;
import io.switchboard.HandlerTimeoutException;
import io.switchboard.event.AgentEvent;
import io.switchboard.supervision.NodeType;

/**
 * What is counted of each agent.
 */
enum AgentCount {

	HELD("switchboard.agents.held", "Times an agent kept a worker for long",
			(event) -> event instanceof AgentEvent.WorkerHeld),

	ABANDONED("switchboard.agents.abandoned", "Times an agent was taken from a thread that did not come back",
			(event) -> event instanceof AgentEvent.WorkAbandoned),

	TIMED_OUT("switchboard.agents.handler.timeouts", "Handlers that took too long",
			(event) -> event instanceof AgentEvent.Exited exited
					&& exited.reason().cause() instanceof HandlerTimeoutException),

	LIMIT_NEAR("switchboard.agents.limits.near", "Times most of what an agent may use was used",
			(event) -> event instanceof AgentEvent.LimitNear),

	CRASHED("switchboard.agents.crashes", "Lives of an agent that ended abnormally, and starts that failed",
			(event) -> (event instanceof AgentEvent.Exited exited && exited.type() == NodeType.AGENT
					&& exited.reason().isAbnormal())
					|| (event instanceof AgentEvent.StartFailed failed && failed.reason().isAbnormal())),

	STALE("switchboard.agents.stale", "Things of earlier lives that were kept from later ones",
			(event) -> event instanceof AgentEvent.StaleDropped),

	/** An agent of a session that ends by itself has had nothing to do for a while. */
	PASSIVATED("switchboard.sessions.passivated", "Sessions that were put aside because they were idle",
			(event) -> event instanceof AgentEvent.Exited exited && exited.type() == NodeType.AGENT
					&& exited.reason() instanceof ExitReason.Normal);

	private final String meter;

	private final String description;

	private final Predicate<AgentEvent> counts;

	AgentCount(String meter, String description, Predicate<AgentEvent> counts) {
		this.meter = meter;
		this.description = description;
		this.counts = counts;
	}

	String meter() {
		return this.meter;
	}

	String description() {
		return this.description;
	}

	boolean counts(AgentEvent event) {
		return this.counts.test(event);
	}

}
