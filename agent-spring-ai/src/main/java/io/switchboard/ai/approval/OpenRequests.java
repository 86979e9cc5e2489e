package io.switchboard.ai.approval;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.switchboard.ai.approval.Approvals.Decided;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.Sinks;

/**
 * What one turn has asked. A decision stays here until the turn has taken it.
 */
final class OpenRequests {

	private final String turn;

	private final Map<String, Asked> asked = new LinkedHashMap<>();

	/**
	 * Those who wait until the turn has what they have decided.
	 */
	private final Map<String, Sinks.One<Boolean>> takers = new HashMap<>();

	private @Nullable MonoSink<Decided> waiting;

	private boolean asleep;

	/**
	 * Whether something else waits for the turn's end.
	 */
	private boolean wanted;

	/**
	 * What those have to do who wait until the turn is not asleep any more.
	 */
	private List<Runnable> awaiting = List.of();

	OpenRequests(String turn) {
		this.turn = turn;
	}

	String turn() {
		return this.turn;
	}

	synchronized void ask(ApprovalRequest request) {
		this.asked.putIfAbsent(request.call(), new Asked(request));
	}

	synchronized List<ApprovalRequest> undecided() {
		List<ApprovalRequest> result = new ArrayList<>();
		for (Asked each : this.asked.values()) {
			if (each.decision == null) {
				result.add(each.request);
			}
		}
		return result;
	}

	/**
	 * Decide one.
	 * @param inTurn the turn that is meant
	 * @param call the call
	 * @param decision what is decided
	 * @return whether it was open
	 */
	boolean decide(String inTurn, String call, Decision decision) {
		MonoSink<Decided> told;
		synchronized (this) {
			Asked known = this.asked.get(call);
			if (!this.turn.equals(inTurn) || known == null || known.decision != null) {
				return false;
			}
			known.decision = decision;
			told = this.waiting;
			this.waiting = null;
		}
		if (told != null) {
			told.success(new Decided(call, decision));
		}
		return true;
	}

	/**
	 * The turn has a decision.
	 * @param call about which call
	 * @return whether nothing is left
	 */
	synchronized boolean taken(String call) {
		this.asked.remove(call);
		return this.asked.isEmpty();
	}

	/**
	 * Wait until the turn has the decision about a call.
	 * @param call the call
	 * @return {@code true} when it has it, {@code false} when it never will
	 */
	synchronized Mono<Boolean> whenTaken(String call) {
		return this.asked.containsKey(call) ? this.takers.computeIfAbsent(call, (id) -> Sinks.one()).asMono()
				: Mono.just(false);
	}

	/**
	 * Tell whoever waits for that, not to be called with a lock.
	 * @param call about which call
	 */
	void tellTaken(String call) {
		Sinks.One<Boolean> taker;
		synchronized (this) {
			taker = this.takers.remove(call);
		}
		if (taker != null) {
			taker.tryEmitValue(true);
		}
	}

	/**
	 * The turn takes nothing more. Not to be called with a lock.
	 */
	void over() {
		List<Sinks.One<Boolean>> left;
		synchronized (this) {
			left = List.copyOf(this.takers.values());
			this.takers.clear();
		}
		left.forEach((taker) -> taker.tryEmitValue(false));
		awake();
	}

	/**
	 * Let the turn leave memory, unless there is something for it to do.
	 * @return whether it may
	 */
	synchronized boolean sleep() {
		this.asleep = !this.wanted && this.asked.values().stream().allMatch((each) -> each.decision == null);
		return this.asleep;
	}

	/**
	 * The turn is in memory again, or over. Not to be called with a lock.
	 */
	void awake() {
		List<Runnable> due;
		synchronized (this) {
			this.asleep = false;
			due = this.awaiting;
			this.awaiting = List.of();
		}
		due.forEach(Runnable::run);
	}

	synchronized boolean isAsleep() {
		return this.asleep;
	}

	/**
	 * Do something once the turn is not asleep any more, and let it stay in memory then.
	 * Not to be called with a lock.
	 * @param action what to do
	 */
	void whenAwake(Runnable action) {
		synchronized (this) {
			this.wanted = true;
			if (this.asleep) {
				List<Runnable> more = new ArrayList<>(this.awaiting);
				more.add(action);
				this.awaiting = more;
				return;
			}
		}
		action.run();
	}

	/**
	 * Whether the turn goes on with a decision of now.
	 * @return {@code true} if so
	 */
	synchronized boolean isAwaited() {
		return this.waiting != null || this.asleep;
	}

	private synchronized void left(MonoSink<Decided> sink) {
		if (this.waiting == sink) {
			this.waiting = null;
		}
	}

	Mono<Decided> next() {
		return Mono.create((sink) -> {
			sink.onCancel(() -> left(sink));
			Decided known = knownOr(sink);
			if (known != null) {
				sink.success(known);
			}
		});
	}

	private synchronized @Nullable Decided knownOr(MonoSink<Decided> sink) {
		for (Asked each : this.asked.values()) {
			if (each.decision != null) {
				return new Decided(each.request.call(), each.decision);
			}
		}
		this.waiting = sink;
		return null;
	}

	/**
	 * A request and what was decided, if anything was.
	 */
	private static final class Asked {

		private final ApprovalRequest request;

		private @Nullable Decision decision;

		Asked(ApprovalRequest request) {
			this.request = request;
		}

	}

}
