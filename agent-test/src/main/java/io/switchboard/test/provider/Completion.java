package io.switchboard.test.provider;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * An answer of the model, and what breaks in it. Get one from {@link Reply}, change it
 * with the methods here; every change gives a new completion.
 *
 * @param tokens the text, in the pieces a stream sends
 * @param toolCalls the tools asked for, after the text
 * @param delay the time before the answer begins
 * @param pace the time between two tokens; an answer in one piece comes when its last
 * token would
 * @param finishReason OpenAI's finish reason, translated for other protocols; without it
 * {@code stop} or {@code tool_calls}
 * @param usage the usage reported; without it the words of the request and the tokens
 * sent
 * @param interruption what goes wrong; nothing without it
 * @since 0.1.0
 */
public record Completion(List<String> tokens, List<ToolCall> toolCalls, Duration delay, Duration pace,
		@Nullable String finishReason, @Nullable TokenUsage usage,
		@Nullable Interruption interruption) implements Reply {

	static final String REFUSAL = "refusal";

	public Completion {
		if (delay.isNegative() || pace.isNegative()) {
			throw new IllegalArgumentException(
					"'delay' and 'pace' must not be negative, but were " + delay + " and " + pace);
		}
		tokens = List.copyOf(tokens);
		toolCalls = List.copyOf(toolCalls);
	}

	static Completion of(List<String> tokens) {
		return new Completion(tokens, List.of(), Duration.ZERO, Duration.ZERO, null, null, null);
	}

	/**
	 * Asks for one more tool in the same answer.
	 * @param name the tool
	 * @param arguments the arguments as JSON text; not checked
	 * @return a completion with the tool call
	 */
	public Completion andToolCall(String name, String arguments) {
		List<ToolCall> more = new ArrayList<>(this.toolCalls);
		more.add(new ToolCall(name, arguments));
		return new Completion(this.tokens, more, this.delay, this.pace, this.finishReason, this.usage,
				this.interruption);
	}

	/**
	 * Lets time pass before the answer begins.
	 * @param delay how long
	 * @return a completion that comes late
	 */
	public Completion withDelay(Duration delay) {
		return new Completion(this.tokens, this.toolCalls, delay, this.pace, this.finishReason, this.usage,
				this.interruption);
	}

	/**
	 * Lets time pass between two tokens.
	 * @param pace how long
	 * @return a completion that comes slowly
	 */
	public Completion withPace(Duration pace) {
		return new Completion(this.tokens, this.toolCalls, this.delay, pace, this.finishReason, this.usage,
				this.interruption);
	}

	/**
	 * Sets the finish reason.
	 * @param finishReason one of OpenAI's, such as {@code length} or
	 * {@code content_filter}
	 * @return a completion that ends for this reason
	 */
	public Completion withFinishReason(String finishReason) {
		return new Completion(this.tokens, this.toolCalls, this.delay, this.pace, finishReason, this.usage,
				this.interruption);
	}

	/**
	 * Sets the usage. A stream reports it only when the request asks for it.
	 * @param promptTokens the tokens of the request
	 * @param completionTokens the tokens of the answer
	 * @return a completion with this usage
	 */
	public Completion withUsage(int promptTokens, int completionTokens) {
		return new Completion(this.tokens, this.toolCalls, this.delay, this.pace, this.finishReason,
				new TokenUsage(promptTokens, completionTokens), this.interruption);
	}

	/**
	 * Lets something go wrong.
	 * @param interruption what and where
	 * @return a broken completion
	 */
	public Completion with(Interruption interruption) {
		return new Completion(this.tokens, this.toolCalls, this.delay, this.pace, this.finishReason, this.usage,
				interruption);
	}

	/**
	 * Falls silent after some tokens, with the connection open.
	 * @param tokens how many tokens are sent before
	 * @return a broken completion
	 */
	public Completion stallingAfter(int tokens) {
		return with(new Interruption(Fault.STALL, tokens));
	}

	/**
	 * Falls silent before the first byte, with the connection open.
	 * @return a broken completion
	 */
	public Completion stallingBeforeHeaders() {
		return with(new Interruption(Fault.STALL, Interruption.BEFORE_HEADERS));
	}

	/**
	 * Closes the connection after some tokens.
	 * @param tokens how many tokens are sent before
	 * @return a broken completion
	 */
	public Completion closingAfter(int tokens) {
		return with(new Interruption(Fault.CLOSE, tokens));
	}

	/**
	 * Resets the connection after some tokens.
	 * @param tokens how many tokens are sent before
	 * @return a broken completion
	 */
	public Completion resettingAfter(int tokens) {
		return with(new Interruption(Fault.RESET, tokens));
	}

	/**
	 * Sends JSON that breaks off, after some tokens.
	 * @param tokens how many good tokens are sent before
	 * @return a broken completion
	 */
	public Completion malformedAfter(int tokens) {
		return with(new Interruption(Fault.MALFORMED, tokens));
	}

	/**
	 * Answers with an error in the middle of the answer, when the status has already said
	 * that all is well. An answer in one piece is the error itself.
	 * @param tokens how many tokens are sent before
	 * @param error the error, in the form of the protocol; its headers and delay are of
	 * no use here
	 * @return a broken completion
	 */
	public Completion failingAfter(int tokens, ProviderError error) {
		return with(new Interruption(Fault.ERROR, tokens, error));
	}

	boolean refuses() {
		return REFUSAL.equals(this.finishReason);
	}

	TokenUsage usageFor(ChatRequest request) {
		return (this.usage != null) ? this.usage : new TokenUsage(request.words(), tokenCount());
	}

	int tokenCount() {
		return this.tokens.size() + this.toolCalls.stream().mapToInt((call) -> 1 + call.fragments().size()).sum();
	}

	String effectiveFinishReason() {
		if (this.finishReason != null) {
			return this.finishReason;
		}
		return this.toolCalls.isEmpty() ? "stop" : "tool_calls";
	}

}
