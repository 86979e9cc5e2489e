package io.switchboard.test.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

import org.springframework.ai.chat.metadata.DefaultUsage;

/**
 * Writes down what a {@link ScriptedChatModel} does, step by step.
 * <p>
 * {@link #answer}, {@link #stream}, {@link #toolCall}, {@link #fail} and {@link #never}
 * each begin a step; each call of the model consumes one, in the order written. All other
 * methods describe the step before them: <pre class="code">
 * ScriptedChatModel model = ScriptedChatModel.script()
 *     .stream("Let me ", "look").andToolCall("orderLookup", "{\"id\":\"ORD-1\"}")
 *     .answer("It is on its way.").delay(Duration.ofSeconds(2)).usage(120, 9)
 *     .on(virtualTime)
 *     .build();
 * </pre>
 * <p>
 * A script is not safe for use by several threads; the model built from it is.
 *
 * @since 0.1.0
 */
public final class ChatScript {

	private final List<StepDraft> steps = new ArrayList<>();

	private String modelName = "scripted";

	private @Nullable Scheduler scheduler;

	ChatScript() {
	}

	/**
	 * Adds a step that answers with a text. A stream of it has one chunk.
	 * @param text the whole answer
	 * @return this script
	 */
	public ChatScript answer(String text) {
		return stream(text);
	}

	/**
	 * Adds a step that answers in several chunks. A blocking call gets them joined.
	 * @param chunks the chunks, sent as they are
	 * @return this script
	 */
	public ChatScript stream(String... chunks) {
		this.steps.add(new StepDraft(this.steps.size() + 1, List.of(chunks)));
		return this;
	}

	/**
	 * Adds a step that asks for a tool. You probably want a step for what the model makes
	 * of the result after it.
	 * @param name the tool
	 * @param arguments the arguments as JSON; not checked, so that a test can send
	 * malformed ones
	 * @return this script
	 */
	public ChatScript toolCall(String name, String arguments) {
		return stream().andToolCall(name, arguments);
	}

	/**
	 * Adds a step that fails before the first token.
	 * @param failure what the call throws, or what the stream ends with
	 * @return this script
	 */
	public ChatScript fail(Throwable failure) {
		return stream().failAfter(0, failure);
	}

	/**
	 * Adds a step that fails before the first token, with a fresh failure for each call.
	 * @param failure makes what the call throws, or what the stream ends with
	 * @return this script
	 */
	public ChatScript fail(Supplier<? extends Throwable> failure) {
		return stream().ending(new Ending.Fail(0, failure));
	}

	/**
	 * Adds a step that never answers. A stream of it ends by cancelling; a blocking call
	 * of it ends only by an interrupt.
	 * @return this script
	 */
	public ChatScript never() {
		return stream().stallAfter(0);
	}

	/**
	 * Lets the step ask for one more tool, in the same response.
	 * @param name the tool
	 * @param arguments the arguments as JSON; not checked
	 * @return this script
	 */
	public ChatScript andToolCall(String name, String arguments) {
		Objects.requireNonNull(name, "'name' must not be null");
		Objects.requireNonNull(arguments, "'arguments' must not be null");
		current("andToolCall").toolCall(name, arguments);
		return this;
	}

	/**
	 * Lets the step fail after some of its chunks, as a connection does that is lost. A
	 * blocking call fails without any text.
	 * @param chunks how many chunks are sent before; at most as many as the step has
	 * @param failure what the stream ends with
	 * @return this script
	 */
	public ChatScript failAfter(int chunks, Throwable failure) {
		Objects.requireNonNull(failure, "'failure' must not be null");
		return ending(new Ending.Fail(chunks, () -> failure));
	}

	/**
	 * Lets the step fall silent after some of its chunks; nothing comes any more, no end
	 * either.
	 * @param chunks how many chunks are sent before; at most as many as the step has
	 * @return this script
	 */
	public ChatScript stallAfter(int chunks) {
		return ending(new Ending.Stall(chunks));
	}

	/**
	 * Lets time pass before the step's first chunk, its failure or its answer. Needs
	 * {@link #on a scheduler}.
	 * @param delay how long
	 * @return this script
	 */
	public ChatScript delay(Duration delay) {
		current("delay").delay(notNegative("delay", delay));
		return this;
	}

	/**
	 * Lets time pass between two chunks of the step. Needs {@link #on a scheduler}.
	 * @param pace how long
	 * @return this script
	 */
	public ChatScript pace(Duration pace) {
		current("pace").pace(notNegative("pace", pace));
		return this;
	}

	/**
	 * Gives the step its token usage. Without it the usage is empty.
	 * @param inputTokens the tokens of the prompt
	 * @param outputTokens the tokens of the answer
	 * @return this script
	 */
	public ChatScript usage(int inputTokens, int outputTokens) {
		current("usage").usage(new DefaultUsage(inputTokens, outputTokens));
		return this;
	}

	/**
	 * Gives the step another finish reason than {@code STOP}, or {@code TOOL_CALLS} where
	 * it asks for tools.
	 * @param finishReason the reason as Spring AI's OpenAI model names it, such as
	 * {@code LENGTH} or {@code CONTENT_FILTER}
	 * @return this script
	 */
	public ChatScript finishReason(String finishReason) {
		Objects.requireNonNull(finishReason, "'finishReason' must not be null");
		current("finishReason").finishReason(finishReason);
		return this;
	}

	/**
	 * Keeps the step for prompts of one kind, so that several agents can share one model.
	 * A call takes the first step left whose condition holds.
	 * @param condition which prompts the step answers; it must not call the model
	 * @return this script
	 */
	public ChatScript when(Predicate<ReceivedPrompt> condition) {
		Objects.requireNonNull(condition, "'condition' must not be null");
		current("when").condition(condition);
		return this;
	}

	/**
	 * Leaves the step in the script, so that it answers any number of calls. Steps after
	 * it are reached only by prompts that its condition refuses.
	 * @return this script
	 */
	public ChatScript repeat() {
		current("repeat").repeated();
		return this;
	}

	/**
	 * Gives the script its clock. Delays pass, and what follows them is sent, on this
	 * scheduler; a script without delays sends on the caller's thread and needs none.
	 * @param scheduler the scheduler, of virtual time in most tests
	 * @return this script
	 */
	public ChatScript on(Scheduler scheduler) {
		this.scheduler = Objects.requireNonNull(scheduler, "'scheduler' must not be null");
		return this;
	}

	/**
	 * Names the model in its options and responses; {@code scripted} without it.
	 * @param modelName the name
	 * @return this script
	 */
	public ChatScript modelName(String modelName) {
		this.modelName = Objects.requireNonNull(modelName, "'modelName' must not be null");
		return this;
	}

	/**
	 * Builds the model. Later changes of this script do not reach it.
	 * @return a model at the start of the script
	 * @throws IllegalStateException when a step takes time and the script has no clock
	 */
	public ScriptedChatModel build() {
		List<ScriptStep> written = this.steps.stream().map((step) -> step.toStep(this.scheduler != null)).toList();
		return new ScriptedChatModel(this.modelName, new StepQueue(written), this.scheduler);
	}

	private ChatScript ending(Ending ending) {
		current("An ending").ending(ending);
		return this;
	}

	private StepDraft current(String method) {
		if (this.steps.isEmpty()) {
			throw new IllegalStateException(method + " describes the step before it, but the script has none yet: "
					+ "begin with answer, stream, toolCall, fail or never");
		}
		return this.steps.get(this.steps.size() - 1);
	}

	private static Duration notNegative(String name, Duration duration) {
		if (duration.isNegative()) {
			throw new IllegalArgumentException("'" + name + "' must not be negative, but was " + duration);
		}
		return duration;
	}

}
