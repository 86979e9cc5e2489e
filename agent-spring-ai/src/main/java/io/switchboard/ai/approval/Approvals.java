package io.switchboard.ai.approval;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

import io.switchboard.AgentPath;
import io.switchboard.event.AgentEvent;
import io.switchboard.event.AgentEventListener;
import io.switchboard.supervision.NodeType;
import reactor.core.publisher.Mono;

/**
 * What turns have asked people and wait for. A turn that waits holds no thread, and
 * neither its time nor a place among the turns at once is counted meanwhile; its agent
 * serves no other message.
 * <p>
 * All agents share one of these, so that one page can show all that waits. You need
 * {@link #waiting()} and {@link #decide}; the rest is for those who run turns.
 * <p>
 * Kept in memory. What is decided is kept until the turn has it, also over the end of the
 * agent's life. What an agent has asked that is gone for good is forgotten if the system
 * tells of it: make this one of its
 * {@linkplain io.switchboard.runtime.AgentSystemBuilder#listener listeners}, which the
 * auto-configuration does. In any case no more than 100,000 agents are kept that wait for
 * nothing at the moment; one that is forgotten and comes back asks again. Safe for use by
 * many threads.
 *
 * @since 0.1.0
 */
public final class Approvals implements AgentEventListener {

	private static final int MOST = 100_000;

	private final RequestsByAgent turns;

	/**
	 * Make a place where nobody has asked anything.
	 */
	public Approvals() {
		this(MOST);
	}

	Approvals(int most) {
		this.turns = new RequestsByAgent(most);
	}

	/**
	 * What nobody has decided yet.
	 * @return the requests, the oldest first
	 */
	public List<ApprovalRequest> waiting() {
		List<ApprovalRequest> result = new ArrayList<>();
		this.turns.all().forEach((open) -> result.addAll(open.undecided()));
		result.sort(Comparator.comparing(ApprovalRequest::since));
		return List.copyOf(result);
	}

	/**
	 * What one agent has asked and nobody has decided yet.
	 * @param agent the agent
	 * @return the requests, in the order they were asked
	 */
	public List<ApprovalRequest> waiting(AgentPath agent) {
		OpenRequests open = this.turns.get(Objects.requireNonNull(agent, "'agent' must not be null"));
		return (open != null) ? open.undecided() : List.of();
	}

	/**
	 * Decide what a turn asks. The turn goes on at once with what can go on, also if it
	 * asks more than this.
	 * @param agent who asks
	 * @param turn in which turn
	 * @param call about which call
	 * @param decision what is decided; it cannot be taken back
	 * @throws UnknownApprovalException if nothing of that kind waits, for example because
	 * somebody else was faster
	 */
	public void decide(AgentPath agent, String turn, String call, Decision decision) {
		Objects.requireNonNull(agent, "'agent' must not be null");
		Objects.requireNonNull(turn, "'turn' must not be null");
		Objects.requireNonNull(call, "'call' must not be null");
		Objects.requireNonNull(decision, "'decision' must not be null");
		OpenRequests open = this.turns.get(agent);
		if (open == null || !open.decide(turn, call, decision)) {
			throw new UnknownApprovalException(agent, turn, call,
					waiting(agent).stream().map(ApprovalRequest::call).toList());
		}
	}

	/**
	 * Ask. Asking the same again changes nothing, and asking in another turn of the same
	 * agent ends the one before.
	 * @param request what to ask
	 */
	public void ask(ApprovalRequest request) {
		this.turns.add(request);
	}

	/**
	 * Wait for a decision that was not {@linkplain #taken taken} yet.
	 * @param agent who has asked
	 * @return the request and what was decided; on the thread that decides, or at once.
	 * Empty if nothing was asked
	 */
	public Mono<Decided> next(AgentPath agent) {
		return Mono.defer(() -> {
			OpenRequests open = this.turns.get(agent);
			return (open != null) ? open.next() : Mono.empty();
		});
	}

	/**
	 * The turn knows of a decision, which need not be kept any longer.
	 * @param agent who asked
	 * @param call about which call
	 */
	public void taken(AgentPath agent, String call) {
		this.turns.removeIf(agent, (open) -> open.taken(call));
	}

	/**
	 * Whatever an agent has asked is void, as it begins another turn.
	 * @param agent the agent
	 */
	public void forget(AgentPath agent) {
		this.turns.removeIf(agent, (open) -> true);
	}

	/**
	 * A turn is over, whatever it still asks.
	 * @param agent who led it
	 * @param turn the turn's id
	 */
	public void over(AgentPath agent, String turn) {
		this.turns.removeIf(agent, (open) -> open.turn().equals(turn));
	}

	/**
	 * Forget what agents have asked that are gone for good.
	 * @param event what happened in the tree
	 */
	@Override
	public void onEvent(AgentEvent event) {
		if (event instanceof AgentEvent.Stopped stopped) {
			if (stopped.type() == NodeType.AGENT) {
				forget(stopped.path());
			}
			else {
				this.turns.removeBelow(stopped.path());
			}
		}
		else if (event instanceof AgentEvent.Exited exited && exited.type() == NodeType.DYNAMIC_SUPERVISOR) {
			// it comes back without its children, and nobody tells of each
			this.turns.removeBelow(exited.path());
		}
	}

	@Override
	public String toString() {
		return "approvals" + waiting();
	}

	/**
	 * What was decided about a call.
	 *
	 * @param call the call's id
	 * @param decision what was decided
	 * @since 0.1.0
	 */
	public record Decided(String call, Decision decision) {

	}

}
