package io.switchboard.ai.recovery;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What to do about failures of one class, in order. After the last rung the turn is given
 * up, written or not.
 *
 * @param rungs the rungs, the first to be tried first
 * @since 0.1.0
 */
public record Ladder(List<Rung> rungs) {

	/**
	 * Check the rungs.
	 * @throws IllegalArgumentException if one comes after the rung that ends the turn
	 */
	public Ladder {
		rungs = List.copyOf(Objects.requireNonNull(rungs, "'rungs' must not be null"));
		for (int i = 0; i < rungs.size() - 1; i++) {
			if (rungs.get(i) instanceof Rung.GiveUp) {
				throw new IllegalArgumentException(
						"Rung '%s' comes after 'give-up', so it would never be reached: put 'give-up' last"
							.formatted(rungs.get(i + 1).id()));
			}
		}
	}

	/**
	 * Make a ladder of rungs as they are written in settings.
	 * @param rungs the rungs, such as {@code retry(3)}
	 * @return the ladder
	 * @throws IllegalArgumentException if one is no rung, or comes after the end
	 */
	public static Ladder of(String... rungs) {
		return new Ladder(Stream.of(rungs).map(Rung::parse).toList());
	}

}
