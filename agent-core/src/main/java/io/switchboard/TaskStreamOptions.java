package io.switchboard;

import java.time.Duration;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * How the tasks of a stream are run.
 *
 * @param concurrency how many tasks there are at a time
 * @param ordered whether the answers come in the order of their items, rather than as
 * they are done
 * @param timeout how long each task may take, or {@code null} for ever
 * @since 0.1.0
 */
public record TaskStreamOptions(int concurrency, boolean ordered, @Nullable Duration timeout) {

	public TaskStreamOptions {
		if (concurrency < 1) {
			throw new IllegalArgumentException(
					"Concurrency %d is not possible: at least 1 is needed".formatted(concurrency));
		}
		if (timeout != null && (timeout.isNegative() || timeout.isZero())) {
			throw new IllegalArgumentException(
					"Time-out %s is not possible: more than zero is needed, or none at all".formatted(timeout));
		}
	}

	/**
	 * As many tasks at a time as there are processors, in order, without time-out.
	 * @return the options
	 */
	public static TaskStreamOptions defaults() {
		return new TaskStreamOptions(Runtime.getRuntime().availableProcessors(), true, null);
	}

	/**
	 * Change how many tasks there are at a time.
	 * @param concurrency the number, at least one; the supervisor needs room for them
	 * @return the changed options
	 */
	public TaskStreamOptions withConcurrency(int concurrency) {
		return new TaskStreamOptions(concurrency, this.ordered, this.timeout);
	}

	/**
	 * Let answers come as they are done.
	 * @return the changed options
	 */
	public TaskStreamOptions unordered() {
		return new TaskStreamOptions(this.concurrency, false, this.timeout);
	}

	/**
	 * Limit the time of each task.
	 * @param timeout how long each may take, more than zero
	 * @return the changed options
	 */
	public TaskStreamOptions withTimeout(Duration timeout) {
		return new TaskStreamOptions(this.concurrency, this.ordered,
				Objects.requireNonNull(timeout, "'timeout' must not be null"));
	}

}
