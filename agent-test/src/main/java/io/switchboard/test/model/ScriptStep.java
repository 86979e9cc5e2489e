package io.switchboard.test.model;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

import org.springframework.ai.chat.metadata.Usage;

/**
 * What the model does for one call.
 *
 * @param chunks the text, in the pieces a stream sends
 * @param toolCalls the tools it asks for, together with the last piece
 * @param timing when the pieces come
 * @param finishReason the finish reason of the complete answer
 * @param usage the token usage of the complete answer
 * @param ending how the step ends
 * @param condition which prompts the step answers
 * @param repeated whether the step stays in the script after a call
 */
record ScriptStep(List<String> chunks, List<ScriptedToolCall> toolCalls, Timing timing, String finishReason,
		Usage usage, Ending ending, Predicate<ReceivedPrompt> condition, boolean repeated) {

	String text() {
		return String.join("", this.chunks);
	}

	List<String> sentChunks() {
		return this.chunks.subList(0, this.ending.chunks(this.chunks.size()));
	}

	/**
	 * When the pieces of a step come.
	 *
	 * @param delay the time before anything happens
	 * @param pace the time between two chunks
	 */
	record Timing(Duration delay, Duration pace) {

		static final Timing IMMEDIATE = new Timing(Duration.ZERO, Duration.ZERO);

		boolean takesTime() {
			return !this.delay.isZero() || !this.pace.isZero();
		}

	}

}
