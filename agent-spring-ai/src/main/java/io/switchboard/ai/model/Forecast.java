package io.switchboard.ai.model;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Estimates how long calls will wait, if things go on as they do.
 *
 * @param first how many milliseconds it takes until the first call is let through, not
 * counting the wait for a place
 * @param free how many calls could begin at once
 * @param limit how many calls may run at once
 * @param requestsPerMinute how many may begin in a minute, zero for no limit
 * @param meanAnswer how many milliseconds an answer takes, less than zero if that is not
 * known
 */
record Forecast(long first, int free, int limit, int requestsPerMinute, double meanAnswer) {

	/**
	 * Estimate the wait at a place in the line.
	 * @param place the place, from one
	 * @return the wait, or {@code null} if there is nothing to tell it from
	 */
	@Nullable Duration of(int place) {
		long behind = Math.max(0, place - this.free);
		if (behind > 0 && this.meanAnswer < 0) {
			return null;
		}
		// With all places taken, one falls free each mean time divided by the limit
		double forPlaces = behind * this.meanAnswer / this.limit;
		double forPace = (this.requestsPerMinute > 0)
				? (place - 1.0) * TimeUnit.MINUTES.toMillis(1) / this.requestsPerMinute : 0;
		return Duration.ofMillis(this.first + Math.round(Math.max(0, Math.max(forPlaces, forPace))));
	}

}
