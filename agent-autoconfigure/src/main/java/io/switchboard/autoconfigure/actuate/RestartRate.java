package io.switchboard.autoconfigure.actuate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

import io.switchboard.event.AgentEvent;
import io.switchboard.event.AgentEventListener;

/**
 * Remembers as many restarts as are needed to see that there were too many.
 */
final class RestartRate implements AgentEventListener {

	private final int max;

	private final Duration within;

	private final Deque<Instant> latest = new ArrayDeque<>();

	/**
	 * Remember restarts.
	 * @param max how many are allowed
	 * @param within within what period
	 */
	RestartRate(int max, Duration within) {
		this.max = max;
		this.within = within;
	}

	@Override
	public void onEvent(AgentEvent event) {
		if (event instanceof AgentEvent.Restarted) {
			restarted(event.at());
		}
	}

	private synchronized void restarted(Instant at) {
		if (this.latest.size() > this.max) {
			this.latest.removeFirst();
		}
		this.latest.addLast(at);
	}

	int max() {
		return this.max;
	}

	Duration within() {
		return this.within;
	}

	/**
	 * How many there were within the period.
	 * @param now the end of the period
	 * @return the number, one more than are allowed if there were more
	 */
	synchronized int count(Instant now) {
		Instant begin = now.minus(this.within);
		while (!this.latest.isEmpty() && !this.latest.getFirst().isAfter(begin)) {
			this.latest.removeFirst();
		}
		return this.latest.size();
	}

}
