package io.switchboard.test.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import io.switchboard.test.model.ScriptStep.Timing;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.metadata.EmptyUsage;
import org.springframework.ai.chat.metadata.Usage;

/**
 * A step that is still being written.
 */
final class StepDraft {

	private final int number;

	private final List<String> chunks;

	private final List<ScriptedToolCall> toolCalls = new ArrayList<>();

	private Timing timing = Timing.IMMEDIATE;

	private @Nullable String finishReason;

	private Usage usage = new EmptyUsage();

	private Ending ending = new Ending.Complete();

	private Predicate<ReceivedPrompt> condition = (prompt) -> true;

	private boolean repeated;

	StepDraft(int number, List<String> chunks) {
		this.number = number;
		this.chunks = List.copyOf(chunks);
	}

	void toolCall(String name, String arguments) {
		this.toolCalls.add(new ScriptedToolCall(name, arguments));
	}

	void delay(Duration delay) {
		this.timing = new Timing(delay, this.timing.pace());
	}

	void pace(Duration pace) {
		this.timing = new Timing(this.timing.delay(), pace);
	}

	void finishReason(String finishReason) {
		this.finishReason = finishReason;
	}

	void usage(Usage usage) {
		this.usage = usage;
	}

	void ending(Ending ending) {
		int sent = ending.chunks(this.chunks.size());
		if (sent < 0 || sent > this.chunks.size()) {
			throw new IllegalArgumentException("'chunks' of step " + this.number + " must be 0 to " + this.chunks.size()
					+ ", the chunks it has, but was " + sent + ": script more chunks with stream(...)");
		}
		this.ending = ending;
	}

	void condition(Predicate<ReceivedPrompt> condition) {
		this.condition = condition;
	}

	void repeated() {
		this.repeated = true;
	}

	ScriptStep toStep(boolean timed) {
		if (this.timing.takesTime() && !timed) {
			throw new IllegalStateException("Step " + this.number + " takes time (delay " + this.timing.delay()
					+ ", pace " + this.timing.pace()
					+ "), but the script has no clock: give it one with on(Scheduler), a virtual one in most tests");
		}
		String reason = this.finishReason;
		if (reason == null) {
			reason = this.toolCalls.isEmpty() ? "STOP" : "TOOL_CALLS";
		}
		return new ScriptStep(this.chunks, List.copyOf(this.toolCalls), this.timing, reason, this.usage, this.ending,
				this.condition, this.repeated);
	}

}
