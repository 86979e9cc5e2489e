package io.switchboard.runtime;

import java.util.Set;

import io.switchboard.AgentPath;
import io.switchboard.runtime.ChildOperationException.Problem;
import org.jspecify.annotations.Nullable;

/**
 * The end of an agent that takes no more messages: once it has handled what waited, its
 * supervisor is asked to stop it. Confined to the agent's lane.
 */
final class Draining {

	private final AgentCell agent;

	private final PendingAnswer<?> asker;

	/**
	 * Somebody else who has asked for the same before.
	 */
	private final @Nullable Draining before;

	private boolean done;

	Draining(AgentCell agent, PendingAnswer<?> asker) {
		this(agent, asker, null);
	}

	private Draining(AgentCell agent, PendingAnswer<?> asker, @Nullable Draining before) {
		this.agent = agent;
		this.asker = asker;
		this.before = before;
	}

	/**
	 * Let a further one wait for the same.
	 * @param asked who else has asked
	 * @return both
	 */
	Draining and(Draining asked) {
		return new Draining(asked.agent, asked.asker, this);
	}

	/**
	 * Nothing waits any more. The agent may still remind itself of something before it is
	 * stopped, so this may be called again.
	 */
	void done() {
		if (this.done) {
			return;
		}
		this.done = true;
		AgentPath parent = this.agent.path.parent();
		if (parent != null && this.agent.system.find(parent) instanceof SupervisorCell supervisor
				&& !supervisor.isClosed() && supervisor.machine() != null) {
			supervisor.request(
					new ChildRequest(ChildRequest.Kind.TERMINATE, this.agent.path.name(), null, Set.of(), this.asker));
		}
		else {
			fail();
		}
		if (this.before != null) {
			this.before.done();
		}
	}

	/**
	 * The agent was stopped. Who has asked its supervisor is told by that one.
	 */
	void cutShort() {
		if (!this.done) {
			fail();
		}
		if (this.before != null) {
			this.before.cutShort();
		}
	}

	private void fail() {
		this.done = true;
		this.agent.system
			.runElsewhere(this.asker.failed(new ChildOperationException(this.agent.path, Problem.NOT_RUNNING)));
	}

}
