package io.switchboard.ai.approval;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

import io.switchboard.AgentPath;
import io.switchboard.event.AgentEvent;
import io.switchboard.event.AgentEventListener;
import io.switchboard.supervision.NodeType;
import org.jspecify.annotations.Nullable;
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
 * agent's life. A turn of a durable journal can leave memory while it waits, if there is
 * somebody to {@linkplain #wakeWith bring it back}; what it has asked stays here. What an
 * agent has asked that is gone for good is forgotten if the system tells of it: make this
 * one of its {@linkplain io.switchboard.runtime.AgentSystemBuilder#listener listeners},
 * which the auto-configuration does. In any case no more than 100,000 agents are kept
 * that wait for nothing at the moment; one that is forgotten and comes back asks again.
 * Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class Approvals implements AgentEventListener {

	private static final int MOST = 100_000;

	private final RequestsByAgent turns;

	private volatile @Nullable TurnWaker waker;

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
		if (open.isAsleep()) {
			wake(agent, turn);
		}
	}

	/**
	 * Decide what a turn asks, and wait until the turn has taken it. What the turn of a
	 * {@linkplain io.switchboard.ai.turn.TurnRunner.Builder#journal journal} has taken is
	 * written there; before that, a decision is lost with the process. The turn takes it
	 * at once if it does nothing else, and otherwise when the tools are done that it runs
	 * meanwhile, which can take as long as those may; or in its next life.
	 * @param agent who asks
	 * @param turn in which turn
	 * @param call about which call
	 * @param decision what is decided; it cannot be taken back, also not by cancelling
	 * @return decides on subscription, and completes when the turn has it, on the turn's
	 * thread; fails with an {@link UnknownApprovalException} if nothing of that kind
	 * waits, or the turn is over before it takes it
	 */
	public Mono<Void> decideAndWait(AgentPath agent, String turn, String call, Decision decision) {
		return Mono.defer(() -> {
			OpenRequests open = this.turns.get(Objects.requireNonNull(agent, "'agent' must not be null"));
			// before it is decided, as the turn may take it meanwhile
			Mono<Boolean> taken = (open != null) ? open.whenTaken(call) : Mono.just(false);
			decide(agent, turn, call, decision);
			return taken.flatMap((has) -> has ? Mono.empty()
					: Mono.error(new UnknownApprovalException(agent, turn, call, List.of())));
		});
	}

	/**
	 * Ask. Asking the same again changes nothing, and asking in another turn of the same
	 * agent ends the one before.
	 * @param request what to ask
	 */
	public void ask(ApprovalRequest request) {
		this.turns.add(request).forEach(OpenRequests::over);
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
		OpenRequests known = this.turns.get(agent);
		this.turns.removeIf(agent, (open) -> open.taken(call));
		if (known != null) {
			known.tellTaken(call);
		}
	}

	/**
	 * Let turns leave memory that wait for nothing but people.
	 * @param waker brings them back; the last one that is given counts
	 */
	public void wakeWith(TurnWaker waker) {
		this.waker = Objects.requireNonNull(waker, "'waker' must not be null");
	}

	/**
	 * Let a turn leave memory. What it has asked stays here, also after its agent's end,
	 * and a decision brings it back.
	 * @param agent who leads it
	 * @param turn the turn's id
	 * @return whether it may; {@code false} if there is something for it to do, or nobody
	 * would bring it back
	 */
	public boolean sleep(AgentPath agent, String turn) {
		OpenRequests open = this.turns.get(agent);
		return this.waker != null && open != null && open.turn().equals(turn) && open.sleep();
	}

	/**
	 * The turn of an agent that has left memory.
	 * @param agent the agent
	 * @return the turn's id, or {@code null} if there is none
	 */
	public @Nullable String asleep(AgentPath agent) {
		OpenRequests open = this.turns.get(agent);
		return (open != null && open.isAsleep()) ? open.turn() : null;
	}

	/**
	 * Bring the turn of an agent back, as something waits for its end.
	 * @param agent the agent
	 * @param whenAwake done once the turn is in memory again or is over, or at once if
	 * none is asleep
	 */
	public void wake(AgentPath agent, Runnable whenAwake) {
		OpenRequests open = this.turns.get(agent);
		if (open == null) {
			whenAwake.run();
			return;
		}
		open.whenAwake(whenAwake);
		if (open.isAsleep()) {
			wake(agent, open.turn());
		}
	}

	private void wake(AgentPath agent, String turn) {
		TurnWaker known = this.waker;
		if (known != null) {
			known.wake(agent, turn);
		}
	}

	/**
	 * A turn is in memory again, and takes what was decided meanwhile. What its agent has
	 * asked in others is void.
	 * @param agent who leads it
	 * @param turn the turn's id
	 */
	public void awake(AgentPath agent, String turn) {
		this.turns.removeIf(agent, (open) -> !open.turn().equals(turn)).forEach(OpenRequests::over);
		OpenRequests open = this.turns.get(agent);
		if (open != null) {
			open.awake();
		}
	}

	/**
	 * Whatever an agent has asked is void, as it begins another turn.
	 * @param agent the agent
	 */
	public void forget(AgentPath agent) {
		this.turns.removeIf(agent, (open) -> true).forEach(OpenRequests::over);
	}

	/**
	 * A turn is over, whatever it still asks.
	 * @param agent who led it
	 * @param turn the turn's id
	 */
	public void over(AgentPath agent, String turn) {
		this.turns.removeIf(agent, (open) -> open.turn().equals(turn)).forEach(OpenRequests::over);
	}

	/**
	 * Forget what agents have asked that are gone for good.
	 * @param event what happened in the tree
	 */
	@Override
	public void onEvent(AgentEvent event) {
		if (event instanceof AgentEvent.Stopped stopped) {
			if (stopped.type() == NodeType.AGENT) {
				this.turns.removeIf(stopped.path(), (open) -> !open.isAsleep()).forEach(OpenRequests::over);
			}
			else {
				this.turns.removeBelow(stopped.path()).forEach(OpenRequests::over);
			}
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
