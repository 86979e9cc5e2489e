package io.switchboard.runtime;

import io.switchboard.AgentExitedException;
import io.switchboard.AgentPath;
import io.switchboard.ExitReason;
import io.switchboard.supervision.ChildSpec;

/**
 * Tells those who asked a supervisor what came of it. Their code runs elsewhere, for the
 * supervisor must not wait for it.
 */
final class SupervisorReplies {

	private final DefaultAgentSystem system;

	private final AgentPath supervisor;

	SupervisorReplies(DefaultAgentSystem system, AgentPath supervisor) {
		this.system = system;
		this.supervisor = supervisor;
	}

	@SuppressWarnings("unchecked")
	void send(SupervisorCommand.Reply reply) {
		PendingAnswer<Object> asker = (PendingAnswer<Object>) reply.request().replyTo();
		if (reply.problem() != null) {
			Throwable cause = (reply.cause() != null) ? causeOf(this.supervisor.child(reply.about()), 0, reply.cause())
					: null;
			ChildOperationException refusal = (reply.value() instanceof ChildSpec spec)
					? ChildOperationException.startFailed(this.supervisor.child(reply.about()), spec, cause)
					: ChildOperationException.below(this.supervisor, reply.about(), reply.problem(), cause);
			tell(asker.failed(refusal));
		}
		else if (reply.value() instanceof SupervisorCommand.Up up) {
			tell(asker.answered(new StartedChild(up.child().path(this.supervisor), up.incarnation(), up.info())));
		}
		else {
			tell(asker.answered(reply.value()));
		}
	}

	/**
	 * Run code of somebody who waits, where agents tell those who have asked them.
	 * @param telling the code
	 */
	void tell(Runnable telling) {
		this.system.runAmongAgents(telling);
	}

	/**
	 * Why a child did not start, as an exception.
	 * @param child the child
	 * @param incarnation the life that was not to be, or zero if its number is not known
	 * @param reason the reason
	 * @return the failure behind it, or one that tells the reason
	 */
	static Throwable causeOf(AgentPath child, long incarnation, ExitReason reason) {
		Throwable failure = reason.cause();
		return (failure != null) ? failure : new AgentExitedException(child, incarnation, reason);
	}

}
