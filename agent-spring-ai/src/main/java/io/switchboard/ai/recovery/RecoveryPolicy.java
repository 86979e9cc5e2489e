package io.switchboard.ai.recovery;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

import io.switchboard.ai.failure.FailureClass;

/**
 * What an agent does about failures in its turns: a {@link Ladder} for each class of
 * failure, and how often in all.
 * <p>
 * You probably want {@link #defaults()}, with the ladder of one class changed.
 *
 * @param ladders the ladder of each class
 * @param maxAttempts how often a turn tries to recover in all before it is given up, zero
 * or more
 * @param delay how long to wait before retries
 * @since 0.1.0
 */
public record RecoveryPolicy(Map<FailureClass, Ladder> ladders, int maxAttempts, RetryDelay delay) {

	/**
	 * How often a turn tries to recover in all, unless told otherwise.
	 */
	public static final int DEFAULT_MAX_ATTEMPTS = 10;

	private static final RecoveryPolicy DEFAULTS = new RecoveryPolicy(defaultLadders(), DEFAULT_MAX_ATTEMPTS,
			RetryDelay.defaults());

	/**
	 * Check the values and add the default ladders of classes that have none.
	 * @throws IllegalArgumentException if the number is negative
	 */
	public RecoveryPolicy {
		Objects.requireNonNull(delay, "'delay' must not be null");
		if (maxAttempts < 0) {
			throw new IllegalArgumentException(
					"Recovery has %d attempts at most: zero or more is needed".formatted(maxAttempts));
		}
		Map<FailureClass, Ladder> all = defaultLadders();
		all.putAll(Objects.requireNonNull(ladders, "'ladders' must not be null"));
		ladders = Map.copyOf(all);
	}

	/**
	 * The default ladder of each class, ten attempts.
	 * @return the default
	 */
	public static RecoveryPolicy defaults() {
		return DEFAULTS;
	}

	private static Map<FailureClass, Ladder> defaultLadders() {
		Map<FailureClass, Ladder> result = new EnumMap<>(FailureClass.class);
		for (FailureClass failure : FailureClass.values()) {
			result.put(failure, defaultLadder(failure));
		}
		return result;
	}

	private static Ladder defaultLadder(FailureClass failure) {
		return switch (failure) {
			case RATE_LIMITED, OVERLOADED -> Ladder.of("retry(4)", "switch-model");
			case NETWORK, PROVIDER_ERROR -> Ladder.of("retry(3)", "switch-model");
			case FIRST_TOKEN_TIMEOUT, STALLED -> Ladder.of("retry", "switch-model");
			case TIMEOUT, AUTHENTICATION, QUOTA_SPENT, UNKNOWN_MODEL -> Ladder.of("switch-model");
			case CONTEXT_OVERFLOW -> Ladder.of("compact(3)", "switch-model");
			case INVALID_OUTPUT, WRONG_LANGUAGE, LOOP -> Ladder.of("feedback(2)", "switch-model");
			case UNKNOWN_TOOL, TOOL_FAILED, TOOL_TIMEOUT -> Ladder.of("feedback(3)");
			case BUG -> Ladder.of("restart");
			case REFUSED, BAD_REQUEST, BUDGET_SPENT, CONVERSATION_UNAVAILABLE -> Ladder.of();
		};
	}

	/**
	 * Change what is done about failures of a class.
	 * @param failure the class
	 * @param ladder what to do
	 * @return a changed copy
	 */
	public RecoveryPolicy with(FailureClass failure, Ladder ladder) {
		Map<FailureClass, Ladder> changed = new EnumMap<>(this.ladders);
		changed.put(Objects.requireNonNull(failure, "'failure' must not be null"),
				Objects.requireNonNull(ladder, "'ladder' must not be null"));
		return new RecoveryPolicy(changed, this.maxAttempts, this.delay);
	}

	/**
	 * Change how often a turn tries to recover.
	 * @param maxAttempts how often in all, zero or more
	 * @return a changed copy
	 */
	public RecoveryPolicy withMaxAttempts(int maxAttempts) {
		return new RecoveryPolicy(this.ladders, maxAttempts, this.delay);
	}

	/**
	 * Change how long to wait before retries.
	 * @param delay the waits
	 * @return a changed copy
	 */
	public RecoveryPolicy withDelay(RetryDelay delay) {
		return new RecoveryPolicy(this.ladders, this.maxAttempts, delay);
	}

	/**
	 * What is done about failures of a class.
	 * @param failure the class
	 * @return its ladder
	 */
	public Ladder ladder(FailureClass failure) {
		return Objects.requireNonNull(this.ladders.get(failure), "every class has a ladder");
	}

	/**
	 * Whether any ladder asks a person.
	 * @return {@code true} if so
	 */
	public boolean asksPeople() {
		return this.ladders.values()
			.stream()
			.anyMatch((ladder) -> ladder.rungs().stream().anyMatch(Rung.AskHuman.class::isInstance));
	}

}
