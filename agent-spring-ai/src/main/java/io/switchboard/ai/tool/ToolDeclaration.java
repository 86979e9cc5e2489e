package io.switchboard.ai.tool;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What is said about one tool; what is not said is left to {@link ToolSettings}.
 * <p>
 * You probably want {@link ToolPolicy} on the tool's method instead. This is for tools
 * that are made by hand, and to overrule the annotation.
 *
 * @param timeout how long a call may take, {@code null} if not said
 * @param idempotent whether a second call does no harm, {@code null} if not said
 * @param needsApproval whether a person has to approve each call, {@code null} if not
 * said
 * @param failures which exceptions are no bugs, besides those of all tools
 * @since 0.1.0
 */
public record ToolDeclaration(@Nullable Duration timeout, @Nullable Boolean idempotent, @Nullable Boolean needsApproval,
		Set<Class<? extends Throwable>> failures) {

	private static final ToolDeclaration NONE = new ToolDeclaration(null, null, null, Set.of());

	/**
	 * Check the values.
	 * @throws IllegalArgumentException if the time is zero or negative
	 */
	public ToolDeclaration {
		if (timeout != null) {
			ToolTraits.checkTimeout(timeout);
		}
		failures = Set.copyOf(Objects.requireNonNull(failures, "'failures' must not be null"));
	}

	/**
	 * Say nothing.
	 * @return the declaration
	 */
	public static ToolDeclaration none() {
		return NONE;
	}

	/**
	 * Say how long a call may take.
	 * @param timeout the time, more than zero
	 * @return a changed copy
	 */
	public ToolDeclaration withTimeout(Duration timeout) {
		return new ToolDeclaration(timeout, this.idempotent, this.needsApproval, this.failures);
	}

	/**
	 * Say whether a second call does no harm.
	 * @param idempotent whether so
	 * @return a changed copy
	 */
	public ToolDeclaration withIdempotent(boolean idempotent) {
		return new ToolDeclaration(this.timeout, idempotent, this.needsApproval, this.failures);
	}

	/**
	 * Say whether a person has to approve each call.
	 * @param needsApproval whether so
	 * @return a changed copy
	 */
	public ToolDeclaration withNeedsApproval(boolean needsApproval) {
		return new ToolDeclaration(this.timeout, this.idempotent, needsApproval, this.failures);
	}

	/**
	 * Say which exceptions are no bugs.
	 * @param failures the types, subtypes included
	 * @return a changed copy
	 */
	public ToolDeclaration withFailures(Set<Class<? extends Throwable>> failures) {
		return new ToolDeclaration(this.timeout, this.idempotent, this.needsApproval, failures);
	}

}
