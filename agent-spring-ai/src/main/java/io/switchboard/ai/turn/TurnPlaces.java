package io.switchboard.ai.turn;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import io.switchboard.AgentContext;
import io.switchboard.ai.failure.FailureClass;
import io.switchboard.ai.failure.TurnFailure;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * The places that one turn takes in the quotas it counts for.
 */
final class TurnPlaces {

	private final List<TurnQuota> quotas;

	private final AgentContext<?> context;

	private final AtomicReference<State> state = new AtomicReference<>(State.HELD);

	TurnPlaces(List<TurnQuota> quotas, AgentContext<?> context) {
		this.quotas = quotas;
		this.context = context;
	}

	/**
	 * Take a place in each.
	 * @param goesOn whether the turn has begun before: then there is a place always
	 * @return why the turn cannot begin, or {@code null} if it can
	 */
	@Nullable TurnFailure take(boolean goesOn) {
		if (goesOn) {
			this.quotas.forEach(TurnQuota::begin);
			return null;
		}
		List<TurnQuota> taken = new ArrayList<>(this.quotas.size());
		for (TurnQuota quota : this.quotas) {
			int now = quota.tryBegin();
			if (now == 0) {
				taken.forEach(TurnQuota::end);
				return TurnFailure.of(FailureClass.BUDGET_SPENT,
						"All %d turns at once of %s are under way".formatted(quota.turns(), quota.name()));
			}
			taken.add(quota);
			warn(quota, now);
		}
		return null;
	}

	private void warn(TurnQuota quota, int now) {
		double most = quota.turns();
		if (most > 1 && now / most >= Spending.NEAR && (now - 1) / most < Spending.NEAR) {
			this.context.limitNear("concurrent-turns", now / most);
		}
	}

	/**
	 * Leave the places with the turn's last event, for whoever hears that may begin the
	 * next; or with its end, whatever that is.
	 * @param events the turn's events
	 * @return the same
	 */
	Flux<TurnEvent> hold(Flux<TurnEvent> events) {
		if (this.quotas.isEmpty()) {
			return events;
		}
		return events.doOnNext((event) -> {
			if (event.last()) {
				leave();
			}
		}).doFinally((signal) -> leave());
	}

	/**
	 * Leave the places for a while.
	 */
	void pause() {
		if (this.state.compareAndSet(State.HELD, State.PAUSED)) {
			this.quotas.forEach(TurnQuota::end);
		}
	}

	/**
	 * Go on, whether there are places or not.
	 */
	void goOn() {
		if (this.state.compareAndSet(State.PAUSED, State.HELD)) {
			this.quotas.forEach(TurnQuota::begin);
		}
	}

	private void leave() {
		if (this.state.getAndSet(State.LEFT) == State.HELD) {
			this.quotas.forEach(TurnQuota::end);
		}
	}

	/**
	 * What the turn has of its places.
	 */
	private enum State {

		/** It counts. */
		HELD,

		/** It waits, and does not count. */
		PAUSED,

		/** It is over. */
		LEFT

	}

}
