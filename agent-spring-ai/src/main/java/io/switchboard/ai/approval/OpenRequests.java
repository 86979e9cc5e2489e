package io.switchboard.ai.approval;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.switchboard.ai.approval.Approvals.Decided;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * What one turn has asked. A decision stays here until the turn has taken it.
 */
final class OpenRequests {

	private final String turn;

	private final Map<String, Asked> asked = new LinkedHashMap<>();

	private @Nullable MonoSink<Decided> waiting;

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
	 * Whether the turn waits for a decision now.
	 * @return {@code true} if so
	 */
	synchronized boolean isAwaited() {
		return this.waiting != null;
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
