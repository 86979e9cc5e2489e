package io.switchboard.ai.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.switchboard.ai.failure.FailureClass;
import io.switchboard.ai.failure.TurnFailure;
import io.switchboard.ai.model.ModelProviderStatus.Waiting;
import io.switchboard.ai.model.Ticket.Phase;
import org.jspecify.annotations.Nullable;

/**
 * Decides which call is let through to a provider, and when. First come, first served:
 * only the head of the line is ever looked at.
 * <p>
 * It does nothing by itself: time comes in, and what to do comes out of
 * {@link #next(long)}. It is not safe for several threads.
 */
final class Admission {

	private final Set<Ticket> line = new LinkedHashSet<>();

	private final String name;

	private final int limit;

	private final int requestsPerMinute;

	private final Duration maxWait;

	private final Breaker breaker;

	private final Pace pace;

	private final Tally tally = new Tally();

	private int running;

	/** How often the provider was left alone. */
	private int holds;

	/** How many calls are under way that began after it was left alone last. */
	private int runningSinceHold;

	/**
	 * How many of these there may be. It grows from one with each answer, for a provider
	 * that is just back would not survive all who wait.
	 */
	private int window;

	private long pausedUntil;

	private FailureClass lastFailure = FailureClass.OVERLOADED;

	Admission(String name, int maxConcurrent, int requestsPerMinute, Duration maxWait,
			@Nullable BreakerSettings breaker, ProviderClock clock) {
		this.name = name;
		this.limit = (maxConcurrent > 0) ? maxConcurrent : Integer.MAX_VALUE;
		this.requestsPerMinute = requestsPerMinute;
		this.maxWait = maxWait;
		this.breaker = new Breaker(name, breaker, clock);
		this.pace = new Pace(name, requestsPerMinute, clock);
		this.window = this.limit;
	}

	void enter(Ticket ticket) {
		this.line.add(ticket);
	}

	/**
	 * Decide about the head of the line. What comes out has happened here already; ask
	 * again until the answer is to wait or to rest.
	 * @param now the time
	 * @return what to do
	 */
	Step next(long now) {
		if (this.line.isEmpty()) {
			if (!held(now)) {
				this.window = this.limit;
			}
			return new Step.Rest();
		}
		Ticket head = this.line.iterator().next();
		long until = heldUntil();
		if (until <= now && this.running < this.limit && this.runningSinceHold < this.window) {
			until = this.pace.next(now);
			if (until <= now) {
				if (this.breaker.let(now)) {
					return begin(head, now);
				}
				until = head.deadline;
			}
		}
		else if (until <= now) {
			until = head.deadline;
		}
		// Who cannot be served in time is told at once
		return (until > head.deadline || now >= head.deadline) ? refuse(head, now) : new Step.Wait(head, until);
	}

	private Step begin(Ticket ticket, long now) {
		this.line.remove(ticket);
		this.pace.use();
		this.running++;
		this.runningSinceHold++;
		this.tally.waited(now - ticket.since);
		ticket.holds = this.holds;
		ticket.phase = Phase.RUNNING;
		ticket.begun = now;
		ticket.era = this.breaker.era();
		ticket.trial = this.breaker.state() == BreakerState.HALF_OPEN;
		return new Step.Begin(ticket);
	}

	private Step refuse(Ticket ticket, long now) {
		this.line.remove(ticket);
		ticket.phase = Phase.GONE;
		this.tally.refused++;
		return new Step.Refuse(ticket, refusal(now));
	}

	private TurnFailure refusal(long now) {
		long until = heldUntil();
		if (until > now) {
			Duration left = Duration.ofMillis(until - now);
			return new TurnFailure(this.lastFailure,
					"Provider '%s' is left alone for another %s, and a call waits %s at most".formatted(this.name, left,
							this.maxWait),
					left);
		}
		if (this.breaker.state() == BreakerState.HALF_OPEN) {
			return TurnFailure.of(this.lastFailure,
					"Provider '%s' was not found to be back within %s".formatted(this.name, this.maxWait));
		}
		return TurnFailure.of(FailureClass.OVERLOADED,
				"Provider '%s' had no place for a call within %s: %d are under way, %d wait".formatted(this.name,
						this.maxWait, this.running, this.line.size()));
	}

	/**
	 * The first piece of an answer is there.
	 * @param ticket the call
	 * @param now the time
	 */
	void answered(Ticket ticket, long now) {
		if (ticket.phase != Phase.RUNNING) {
			return;
		}
		if (ticket.trial) {
			// Nobody is to wait for the end of a long answer
			tell(ticket, Outcome.ANSWERED, now);
		}
		grow(ticket, now);
	}

	/**
	 * A call is over, or was left by its agent.
	 * @param ticket the call
	 * @param outcome what its end tells
	 * @param failure what went wrong, {@code null} for nothing
	 * @param now the time
	 */
	void ended(Ticket ticket, Outcome outcome, @Nullable TurnFailure failure, long now) {
		if (ticket.phase == Phase.WAITING) {
			this.line.remove(ticket);
		}
		else if (ticket.phase == Phase.RUNNING) {
			this.running--;
			this.runningSinceHold -= (ticket.holds == this.holds) ? 1 : 0;
			this.tally.add(outcome, now - ticket.begun);
			if (outcome == Outcome.FAILED && failure != null) {
				failed(failure, now);
			}
			tell(ticket, outcome, now);
			if (outcome == Outcome.ANSWERED && failure != null) {
				grow(ticket, now);
			}
		}
		ticket.phase = Phase.GONE;
	}

	private void failed(TurnFailure failure, long now) {
		this.lastFailure = failure.failure();
		Duration wanted = failure.retryAfter();
		if (wanted != null && wanted.toMillis() > 0) {
			this.pausedUntil = Math.max(this.pausedUntil, now + wanted.toMillis());
			hold();
		}
	}

	private void tell(Ticket ticket, Outcome outcome, long now) {
		if (!ticket.told) {
			ticket.told = true;
			int era = this.breaker.era();
			this.breaker.ended(ticket.era, outcome, now);
			if (this.breaker.era() != era && this.breaker.state() == BreakerState.OPEN) {
				hold();
			}
		}
	}

	private void hold() {
		this.holds++;
		this.runningSinceHold = 0;
		this.window = 1;
	}

	private void grow(Ticket ticket, long now) {
		if (this.window < this.limit && ticket.holds == this.holds && !held(now)) {
			this.window++;
		}
	}

	private boolean held(long now) {
		return heldUntil() > now || this.breaker.state() != BreakerState.CLOSED;
	}

	private long heldUntil() {
		return Math.max(this.pausedUntil, this.breaker.openUntil());
	}

	BreakerState state() {
		return this.breaker.state();
	}

	/**
	 * Until when no call is let through at all.
	 * @param now the time
	 * @return the time, or {@code null} if calls are let through
	 */
	@Nullable Long resumesAt(long now) {
		long until = heldUntil();
		return (until > now) ? until : null;
	}

	int running() {
		return this.running;
	}

	List<Waiting> waiting(long now) {
		Forecast forecast = new Forecast(Math.max(this.pace.left(now), heldUntil() - now), this.limit - this.running,
				this.limit, this.requestsPerMinute, this.tally.meanAnswer());
		List<Waiting> waiting = new ArrayList<>(this.line.size());
		for (Ticket ticket : this.line) {
			int place = waiting.size() + 1;
			waiting.add(new Waiting(ticket.agent, place, Instant.ofEpochMilli(ticket.since), forecast.of(place)));
		}
		return waiting;
	}

	ModelProviderStatistics statistics(long now) {
		return this.tally.statistics(state(), this.running, this.line.size(), held(now));
	}

}
