package io.switchboard.ai.recovery;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Predicate;

import io.switchboard.ai.failure.FailureClass;
import io.switchboard.ai.failure.TurnFailure;

/**
 * How far up its ladders a turn has come. Immutable, so that it can be written down with
 * the turn.
 *
 * @param places how many rungs, counted as often as they are done, were taken or left out
 * for each class since the turn last got on
 * @param attempts how often the turn has tried to recover
 * @since 0.1.0
 */
public record Climb(Map<FailureClass, Integer> places, int attempts) {

	private static final Climb BOTTOM = new Climb(Map.of(), 0);

	/**
	 * Protect the places.
	 */
	public Climb {
		places = Map.copyOf(places);
	}

	/**
	 * Where every turn begins.
	 * @return no rung taken
	 */
	public static Climb bottom() {
		return BOTTOM;
	}

	/**
	 * The turn has got on, so the next failure begins at the bottom again. The attempts
	 * stay counted.
	 * @return the climb from then on
	 */
	public Climb gotOn() {
		return this.places.isEmpty() ? this : new Climb(Map.of(), this.attempts);
	}

	/**
	 * The turn was cut off by something that it is not to blame for, and goes on.
	 * @return the climb with one more attempt
	 */
	public Climb cutOff() {
		return new Climb(this.places, this.attempts + 1);
	}

	/**
	 * Decide what to do about a failure.
	 * @param failure the failure
	 * @param policy the ladders
	 * @param possible whether a rung can be taken now; others are left out
	 * @return the rung, and where the turn is then
	 */
	public Taken next(TurnFailure failure, RecoveryPolicy policy, Predicate<Rung> possible) {
		int place = this.places.getOrDefault(failure.failure(), 0);
		if (this.attempts < policy.maxAttempts()) {
			int below = 0;
			for (Rung rung : policy.ladder(failure.failure()).rungs()) {
				int above = below + rung.times();
				if (place < above && !(rung instanceof Rung.GiveUp)) {
					if (isAllowed(rung, failure, policy.delay()) && possible.test(rung)) {
						return new Taken(rung, place - below + 1, at(failure.failure(), place + 1));
					}
					place = above;
				}
				below = above;
			}
		}
		return new Taken(new Rung.GiveUp(), 1, new Climb(this.places, this.attempts));
	}

	private static boolean isAllowed(Rung rung, TurnFailure failure, RetryDelay delay) {
		return !(rung instanceof Rung.Retry) || delay.allows(failure.retryAfter());
	}

	private Climb at(FailureClass failure, int place) {
		Map<FailureClass, Integer> changed = new EnumMap<>(FailureClass.class);
		changed.putAll(this.places);
		changed.put(failure, place);
		return new Climb(changed, this.attempts + 1);
	}

	/**
	 * What is done about a failure.
	 *
	 * @param rung the rung
	 * @param time which time in a row it is taken, from one on
	 * @param after where the turn is then
	 * @since 0.1.0
	 */
	public record Taken(Rung rung, int time, Climb after) {

		/**
		 * How long to wait first.
		 * @param failure the failure
		 * @param policy how retries wait
		 * @param random a number from zero to one
		 * @return zero unless it is a retry
		 */
		public Duration delay(TurnFailure failure, RecoveryPolicy policy, double random) {
			return (this.rung instanceof Rung.Retry) ? policy.delay().before(failure.retryAfter(), this.time, random)
					: Duration.ZERO;
		}

	}

}
