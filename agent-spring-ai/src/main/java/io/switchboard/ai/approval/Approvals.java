package io.switchboard.ai.approval;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import io.switchboard.AgentPath;
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
 * agent's life. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class Approvals {

	private final Map<AgentPath, OpenRequests> turns = new ConcurrentHashMap<>();

	/**
	 * Make a place where nobody has asked anything.
	 */
	public Approvals() {
	}

	/**
	 * What nobody has decided yet.
	 * @return the requests, the oldest first
	 */
	public List<ApprovalRequest> waiting() {
		List<ApprovalRequest> result = new ArrayList<>();
		this.turns.values().forEach((open) -> result.addAll(open.undecided()));
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
		this.turns.compute(request.agent(), (agent, open) -> {
			OpenRequests known = (open != null && open.turn().equals(request.turn())) ? open
					: new OpenRequests(request.turn());
			known.ask(request);
			return known;
		});
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
		this.turns.computeIfPresent(agent, (path, open) -> open.taken(call) ? null : open);
	}

	/**
	 * Whatever an agent has asked is void, as it begins another turn.
	 * @param agent the agent
	 */
	public void forget(AgentPath agent) {
		this.turns.remove(agent);
	}

	/**
	 * A turn is over, whatever it still asks.
	 * @param agent who led it
	 * @param turn the turn's id
	 */
	public void over(AgentPath agent, String turn) {
		this.turns.computeIfPresent(agent, (path, open) -> open.turn().equals(turn) ? null : open);
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
