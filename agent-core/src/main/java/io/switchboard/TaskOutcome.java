package io.switchboard;

import org.jspecify.annotations.Nullable;

/**
 * How the task for one item ended.
 *
 * @param <I> the type of the item
 * @param <T> the type of the answer
 * @since 0.1.0
 */
public sealed interface TaskOutcome<I, T> {

	/**
	 * The item that the task was for.
	 * @return the item
	 */
	I item();

	/**
	 * The task has answered.
	 *
	 * @param item the item
	 * @param value the answer, or {@code null} if the work was empty
	 * @param <I> the type of the item
	 * @param <T> the type of the answer
	 */
	record Completed<I, T>(I item, @Nullable T value) implements TaskOutcome<I, T> {
	}

	/**
	 * The task has failed.
	 *
	 * @param item the item
	 * @param error what it failed with, as {@link Tasks} tells it
	 * @param <I> the type of the item
	 * @param <T> the type of the answer
	 */
	record Failed<I, T>(I item, Throwable error) implements TaskOutcome<I, T> {
	}

	/**
	 * The task was ended because it took too long.
	 *
	 * @param item the item
	 * @param <I> the type of the item
	 * @param <T> the type of the answer
	 */
	record TimedOut<I, T>(I item) implements TaskOutcome<I, T> {
	}

}
