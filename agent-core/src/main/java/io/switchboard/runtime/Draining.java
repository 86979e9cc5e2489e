package io.switchboard.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.switchboard.AgentPath;
import io.switchboard.ExitReason;
import io.switchboard.runtime.ChildOperationException.Problem;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.BaseSubscriber;

/**
 * The end of an agent that takes no more messages: once it has handled what waited, its
 * supervisor is asked to stop it, and the answer is told to all who have asked for the
 * end. Confined to the agent's lane, but for that answer.
 */
final class Draining extends BaseSubscriber<Void> {

	private final Cell agent;

	/**
	 * Who is to be told. As a lock it guards what they are told, too.
	 */
	private final List<PendingAnswer<?>> askers = new ArrayList<>(1);

	private boolean told;

	private @Nullable Throwable failure;

	private boolean done;

	/**
	 * Why the agent is to stop as soon as the latecomers are handled.
	 */
	private @Nullable ExitReason stopReason;

	private int latecomers;

	Draining(Cell agent) {
		this.agent = agent;
	}

	/**
	 * Let somebody wait for the end.
	 * @param asker who has asked for it
	 */
	void add(PendingAnswer<?> asker) {
		synchronized (this.askers) {
			if (!this.told) {
				this.askers.removeIf(PendingAnswer::isOver);
				this.askers.add(asker);
				return;
			}
		}
		tell(asker);
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
			PendingAnswer
				.<Void>to((stopped) -> supervisor.request(
						new ChildRequest(ChildRequest.Kind.TERMINATE, this.agent.path.name(), null, Set.of(), stopped)))
				.subscribe(this);
		}
		else {
			tellAll(notRunning());
		}
	}

	/**
	 * Whether the supervisor was asked to stop the agent, which concerns no later life.
	 * @return {@code true} if so
	 */
	boolean isDone() {
		return this.done;
	}

	/**
	 * The agent is to stop. Senders who were about to send when it began to take no more
	 * may have got in after all: what they have sent comes before the stop.
	 * @param reason why it is to stop
	 * @param waiting how many messages wait
	 * @return whether {@link #stopReason()} says when to stop
	 */
	boolean postpones(ExitReason reason, int waiting) {
		if (!this.done || this.stopReason != null || waiting == 0) {
			return false;
		}
		this.stopReason = reason;
		this.latecomers = waiting;
		return true;
	}

	/**
	 * Whether another message may be handled. Called once for each.
	 * @return {@code false} if the agent is to stop first
	 */
	boolean takesAnother() {
		return this.stopReason == null || this.latecomers-- > 0;
	}

	/**
	 * What was postponed.
	 * @return why to stop when there is no more to handle, or {@code null} unless a stop
	 * was postponed
	 */
	@Nullable ExitReason stopReason() {
		return this.stopReason;
	}

	/**
	 * The agent was stopped. If its supervisor was asked to, that one says what came of
	 * it.
	 */
	void cutShort() {
		if (!this.done) {
			this.done = true;
			tellAll(notRunning());
		}
	}

	@Override
	protected void hookOnComplete() {
		tellAll(null);
	}

	@Override
	protected void hookOnError(Throwable cause) {
		tellAll(cause);
	}

	private void tellAll(@Nullable Throwable cause) {
		List<PendingAnswer<?>> waiting;
		synchronized (this.askers) {
			this.told = true;
			this.failure = cause;
			waiting = List.copyOf(this.askers);
			this.askers.clear();
		}
		waiting.forEach(this::tell);
	}

	private void tell(PendingAnswer<?> asker) {
		Throwable cause = this.failure;
		this.agent.system.runElsewhere((cause != null) ? asker.failed(cause) : asker.answered(null));
	}

	private ChildOperationException notRunning() {
		return new ChildOperationException(this.agent.path, Problem.NOT_RUNNING);
	}

}
