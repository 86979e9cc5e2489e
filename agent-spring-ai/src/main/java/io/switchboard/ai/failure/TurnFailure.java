package io.switchboard.ai.failure;

import java.time.Duration;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * What went wrong in a turn, as a value that can be written down and shown.
 * <p>
 * You probably want {@link #of(FailureClass, String)}.
 *
 * @param failure what kind of failure
 * @param detail what happened, in words of the runtime or the application: no text of the
 * provider, of the user or of the model belongs in it, for it reaches logs and clients
 * @param retryAfter how long the provider wants to be left alone, {@code null} if it said
 * nothing
 * @since 0.1.0
 */
public record TurnFailure(FailureClass failure, String detail, @Nullable Duration retryAfter) {

	/**
	 * Check the values.
	 * @throws IllegalArgumentException if the time is negative
	 */
	public TurnFailure {
		Objects.requireNonNull(failure, "'failure' must not be null");
		Objects.requireNonNull(detail, "'detail' must not be null");
		if (retryAfter != null && retryAfter.isNegative()) {
			throw new IllegalArgumentException("Failure %s has the time %s until the next try: at least zero is needed"
				.formatted(failure.id(), retryAfter));
		}
	}

	/**
	 * A failure of which nothing more is known than its class.
	 * @param failure what kind of failure
	 * @return the failure
	 */
	public static TurnFailure of(FailureClass failure) {
		return of(failure, failure.sentence());
	}

	/**
	 * A failure of which the provider did not say when to try again.
	 * @param failure what kind of failure
	 * @param detail what happened, in words of the runtime or the application
	 * @return the failure
	 */
	public static TurnFailure of(FailureClass failure, String detail) {
		return new TurnFailure(failure, detail, null);
	}

	/**
	 * Add when to try again.
	 * @param retryAfter how long the provider wants to be left alone, {@code null} if it
	 * said nothing
	 * @return a changed copy
	 */
	public TurnFailure withRetryAfter(@Nullable Duration retryAfter) {
		return new TurnFailure(this.failure, this.detail, retryAfter);
	}

}
