package io.switchboard.ai.failure;

import java.util.Objects;

import io.switchboard.AgentException;
import org.jspecify.annotations.Nullable;

/**
 * Carries a {@link TurnFailure} where only an exception can: out of a model call, an
 * advisor or a tool.
 * <p>
 * Throw it in an advisor or a model of your own whose failure is no bug: the turn then
 * meets it as what it says it is, without a {@link FailureClassifier}.
 *
 * @since 0.1.0
 */
public final class TurnFailureException extends AgentException {

	private static final long serialVersionUID = 1L;

	private final transient TurnFailure failure;

	/**
	 * Carry a failure that has no exception of its own.
	 * @param failure what went wrong
	 */
	public TurnFailureException(TurnFailure failure) {
		this(failure, null);
	}

	/**
	 * Carry a failure that was found in an exception.
	 * @param failure what went wrong
	 * @param cause the exception
	 */
	public TurnFailureException(TurnFailure failure, @Nullable Throwable cause) {
		super(message(failure), cause);
		this.failure = failure;
	}

	private static String message(TurnFailure failure) {
		Objects.requireNonNull(failure, "'failure' must not be null");
		return "%s (%s)".formatted(failure.detail(), failure.failure().id());
	}

	/**
	 * What went wrong.
	 * @return the failure
	 */
	public TurnFailure failure() {
		return this.failure;
	}

}
