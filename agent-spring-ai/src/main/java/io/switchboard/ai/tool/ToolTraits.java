package io.switchboard.ai.tool;

import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/**
 * How a tool is called: what is set for all, what the tool declares and what overrules
 * it, put together. Obtained from {@link ToolSettings#traits}.
 *
 * @param timeout how long a call may take
 * @param idempotent whether a second call with the same arguments does no harm
 * @param needsApproval whether a person has to approve each call
 * @param failures which exceptions are no bugs, subtypes included
 * @since 0.1.0
 */
public record ToolTraits(Duration timeout, boolean idempotent, boolean needsApproval,
		Set<Class<? extends Throwable>> failures) {

	/**
	 * Check the values.
	 * @throws IllegalArgumentException if the time is zero or negative
	 */
	public ToolTraits {
		checkTimeout(timeout);
		failures = Set.copyOf(Objects.requireNonNull(failures, "'failures' must not be null"));
	}

	static Duration checkTimeout(Duration timeout) {
		Objects.requireNonNull(timeout, "'timeout' must not be null");
		if (timeout.isNegative() || timeout.isZero()) {
			throw new IllegalArgumentException(
					"A tool has the time-out %s: more than zero is needed".formatted(timeout));
		}
		return timeout;
	}

	/**
	 * Apply what is said about the tool.
	 * @param said what is said
	 * @return a changed copy
	 */
	ToolTraits with(ToolDeclaration said) {
		Set<Class<? extends Throwable>> all = new HashSet<>(this.failures);
		all.addAll(said.failures());
		return new ToolTraits(Objects.requireNonNullElse(said.timeout(), this.timeout),
				Objects.requireNonNullElse(said.idempotent(), this.idempotent),
				Objects.requireNonNullElse(said.needsApproval(), this.needsApproval), all);
	}

	/**
	 * Whether an exception is no bug.
	 * @param ex the exception
	 * @return {@code true} if it is declared
	 */
	boolean declares(Throwable ex) {
		return this.failures.stream().anyMatch((type) -> type.isInstance(ex));
	}

}
