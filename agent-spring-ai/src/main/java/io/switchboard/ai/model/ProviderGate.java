package io.switchboard.ai.model;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.switchboard.AgentPath;
import io.switchboard.ai.failure.TurnFailure;
import io.switchboard.ai.failure.TurnFailureException;
import io.switchboard.ai.model.Ticket.Phase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/**
 * Does what an {@link Admission} decides. Calls that have waited go on on their agent's
 * scheduler, never on the thread of the call that made room for them, which may be any.
 * One timer wakes the head of the line; there is none for the others.
 */
final class ProviderGate {

	private static final Logger logger = LoggerFactory.getLogger(ModelProvider.class);

	private final Object lock = new Object();

	private final String name;

	private final Admission admission;

	private final long maxWait;

	private final ProviderClock clock;

	private BreakerState reported = BreakerState.CLOSED;

	private @Nullable Disposable timer;

	private @Nullable Ticket timed;

	private long timedFor;

	ProviderGate(String name, Admission admission, Duration maxWait, ProviderClock clock) {
		this.name = name;
		this.admission = admission;
		this.maxWait = maxWait.toMillis();
		this.clock = clock;
	}

	/**
	 * Get in line.
	 * @param agent who wants to call
	 * @param scheduler the agent's
	 * @return the ticket
	 */
	Ticket enter(AgentPath agent, Scheduler scheduler) {
		this.clock.follow(scheduler);
		Effects effects = new Effects();
		Ticket ticket;
		synchronized (this.lock) {
			long now = this.clock.millis();
			ticket = new Ticket(agent, scheduler, now, now + this.maxWait);
			this.admission.enter(ticket);
			advance(ticket, effects);
		}
		effects.carryOut(this);
		return ticket;
	}

	void answered(Ticket ticket) {
		Effects effects = new Effects();
		synchronized (this.lock) {
			this.admission.answered(ticket, this.clock.millis());
			advance(null, effects);
		}
		effects.carryOut(this);
	}

	void ended(Ticket ticket, Outcome outcome, @Nullable TurnFailure failure) {
		Effects effects = new Effects();
		synchronized (this.lock) {
			if (ticket.phase == Phase.GONE) {
				return;
			}
			this.admission.ended(ticket, outcome, failure, this.clock.millis());
			advance(null, effects);
		}
		effects.carryOut(this);
	}

	private void wake(Ticket ticket) {
		Effects effects = new Effects();
		synchronized (this.lock) {
			if (this.timed != ticket) {
				return;
			}
			disarm();
			advance(null, effects);
		}
		effects.carryOut(this);
	}

	/**
	 * Let through whom the admission lets through.
	 * @param entering the call that is on this thread and needs no other, if there is one
	 * @param effects takes what to do about it
	 */
	private void advance(@Nullable Ticket entering, Effects effects) {
		boolean settled = false;
		while (!settled) {
			long now = this.clock.millis();
			Step step = this.admission.next(now);
			if (step instanceof Step.Begin begin) {
				begin(begin.ticket(), entering, effects);
			}
			else if (step instanceof Step.Refuse refuse) {
				effects.signal(refuse.ticket(), new TurnFailureException(refuse.failure()));
			}
			else if (step instanceof Step.Wait wait) {
				settled = arm(wait.ticket(), wait.until(), now, effects);
			}
			else {
				disarm();
				settled = true;
			}
		}
		report(effects);
	}

	private static void begin(Ticket ticket, @Nullable Ticket entering, Effects effects) {
		if (ticket == entering) {
			ticket.straight = true;
		}
		else {
			effects.signal(ticket, null);
		}
	}

	/**
	 * See to it that somebody looks again.
	 * @return whether somebody will; otherwise the call is out of the line
	 */
	private boolean arm(Ticket ticket, long until, long now, Effects effects) {
		if (this.timed == ticket && this.timedFor == until) {
			return true;
		}
		disarm();
		try {
			this.timer = ticket.scheduler.schedule(() -> wake(ticket), Math.max(1, until - now), TimeUnit.MILLISECONDS);
			this.timed = ticket;
			this.timedFor = until;
			return true;
		}
		catch (RejectedExecutionException ex) {
			this.admission.ended(ticket, Outcome.UNDECIDED, null, now);
			effects.signal(ticket, ex);
			return false;
		}
	}

	private void disarm() {
		if (this.timer != null) {
			this.timer.dispose();
		}
		this.timer = null;
		this.timed = null;
	}

	private void report(Effects effects) {
		BreakerState state = this.admission.state();
		if (state == this.reported) {
			return;
		}
		this.reported = state;
		long now = this.clock.millis();
		Instant resumesAt = resumesAt(now);
		int waiting = this.admission.statistics(now).waiting();
		effects.report(() -> {
			switch (state) {
				case OPEN -> logger.warn("Provider '{}' fails and is left alone until {}; calls that wait: {}",
						this.name, resumesAt, waiting);
				case HALF_OPEN -> logger.debug("Provider '{}' is tried; calls that wait: {}", this.name, waiting);
				case CLOSED -> logger.info("Provider '{}' is back; calls that wait: {}", this.name, waiting);
			}
		});
	}

	private @Nullable Instant resumesAt(long now) {
		Long until = this.admission.resumesAt(now);
		return (until != null) ? Instant.ofEpochMilli(until) : null;
	}

	ModelProviderStatus status() {
		synchronized (this.lock) {
			long now = this.clock.millis();
			return new ModelProviderStatus(this.name, this.admission.state(), this.admission.running(), resumesAt(now),
					this.admission.waiting(now));
		}
	}

	ModelProviderStatistics statistics() {
		synchronized (this.lock) {
			return this.admission.statistics(this.clock.millis());
		}
	}

}
