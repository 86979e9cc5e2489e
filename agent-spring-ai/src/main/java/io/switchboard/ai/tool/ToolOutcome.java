package io.switchboard.ai.tool;

import java.util.Objects;

import io.switchboard.ai.failure.TurnFailure;
import org.jspecify.annotations.Nullable;

/**
 * What came of the call of a tool, as a value that can be written down. A tool that is
 * broken has no outcome: what it threw is an error.
 *
 * @since 0.1.0
 */
public sealed interface ToolOutcome {

	/**
	 * What the model is told.
	 * @return the text, possibly empty
	 */
	String forModel();

	/**
	 * The tool has done its work.
	 *
	 * @param forModel what the model is told
	 * @param value what the program gets, {@code null} if the tool tells it nothing apart
	 * @since 0.1.0
	 */
	record Result(String forModel, @Nullable Object value) implements ToolOutcome {

		/**
		 * Check the values.
		 * @param forModel what the model is told
		 * @param value what the program gets, {@code null} if nothing
		 */
		public Result {
			Objects.requireNonNull(forModel, "'forModel' must not be null");
		}

	}

	/**
	 * The tool has not done its work, in a way that nobody has to repair.
	 *
	 * @param failure what went wrong; its text quotes neither the tool nor the model
	 * @param forModel what the model is told
	 * @since 0.1.0
	 */
	record Failed(TurnFailure failure, String forModel) implements ToolOutcome {

		/**
		 * Check the values.
		 * @param failure what went wrong
		 * @param forModel what the model is told
		 */
		public Failed {
			Objects.requireNonNull(failure, "'failure' must not be null");
			Objects.requireNonNull(forModel, "'forModel' must not be null");
		}

	}

}
