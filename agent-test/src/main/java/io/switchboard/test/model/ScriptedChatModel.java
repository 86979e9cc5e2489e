package io.switchboard.test.model;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;

import org.assertj.core.api.AssertProvider;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;

/**
 * A chat model that does what a test wrote down for it, and remembers what it was asked.
 * <p>
 * You probably want {@link #script()}, and afterwards {@code assertThat(model)} and
 * {@code assertThat(model.lastPrompt())}, both AssertJ's own. A call and the subscription
 * of a stream each consume one step; a call without a step fails with a
 * {@link ScriptExhaustedException}. A stream ends with a response without text that
 * carries finish reason, tool calls and usage, as those of real providers do.
 * <p>
 * Like every chat model it does not run tools. A blocking call of a step with a delay
 * waits on the caller's thread until another thread moves the script's clock; an
 * interrupt ends it and counts as cancelled.
 *
 * @since 0.1.0
 */
public final class ScriptedChatModel implements ChatModel, AssertProvider<ScriptedChatModelAssert> {

	private final String name;

	private final StepQueue steps;

	private final @Nullable Scheduler scheduler;

	private final Object lock = new Object();

	private final List<ScriptedCall> calls = new CopyOnWriteArrayList<>();

	ScriptedChatModel(String name, StepQueue steps, @Nullable Scheduler scheduler) {
		this.name = name;
		this.steps = steps;
		this.scheduler = scheduler;
	}

	/**
	 * Begins a script.
	 * @return an empty script
	 */
	public static ChatScript script() {
		return new ChatScript();
	}

	@Override
	public ChatResponse call(Prompt prompt) {
		CompletableFuture<@Nullable ChatResponse> answer = Mono.defer(() -> next(prompt).whole()).toFuture();
		try {
			return Objects.requireNonNull(answer.get(), "'answer' is never empty");
		}
		catch (ExecutionException ex) {
			throw Exceptions.propagate((ex.getCause() != null) ? ex.getCause() : ex);
		}
		catch (InterruptedException ex) {
			answer.cancel(true);
			Thread.currentThread().interrupt();
			throw new IllegalStateException("The call of model '" + this.name + "' was interrupted", ex);
		}
	}

	@Override
	public Flux<ChatResponse> stream(Prompt prompt) {
		return Flux.defer(() -> next(prompt).stream());
	}

	/**
	 * Options that can carry tools, so that {@code ChatClient} passes them on.
	 * @return the options that callers start from
	 */
	@Override
	public ChatOptions getOptions() {
		return ToolCallingChatOptions.builder().model(this.name).build();
	}

	/**
	 * The calls so far, running ones included.
	 * @return the calls, oldest first
	 */
	public List<ScriptedCall> calls() {
		return List.copyOf(this.calls);
	}

	/**
	 * The prompts so far.
	 * @return the prompts, oldest first
	 */
	public List<ReceivedPrompt> prompts() {
		return this.calls.stream().map(ScriptedCall::prompt).toList();
	}

	/**
	 * The prompt of the latest call.
	 * @return the prompt
	 * @throws IllegalStateException when the model was not called yet
	 */
	public ReceivedPrompt lastPrompt() {
		return lastCall().prompt();
	}

	/**
	 * The latest call.
	 * @return the call
	 * @throws IllegalStateException when the model was not called yet
	 */
	public ScriptedCall lastCall() {
		List<ScriptedCall> received = calls();
		if (received.isEmpty()) {
			throw new IllegalStateException("The model '" + this.name + "' was not called yet");
		}
		return received.get(received.size() - 1);
	}

	/**
	 * How many steps of the script no call has used. Repeated steps do not count.
	 * @return the number of steps
	 */
	public int stepsLeft() {
		return this.steps.due();
	}

	/**
	 * For AssertJ.
	 * @return an assertion on this model
	 * @deprecated call AssertJ's {@code assertThat} with this model instead
	 */
	@Deprecated
	@Override
	public ScriptedChatModelAssert assertThat() {
		return new ScriptedChatModelAssert(this);
	}

	private StepPlayback next(Prompt prompt) {
		ScriptedCall call = record(new ReceivedPrompt(prompt));
		try {
			return new StepPlayback(this.steps.take(call), call, this.name, this.scheduler);
		}
		catch (RuntimeException ex) {
			call.end(CallOutcome.FAILED);
			throw ex;
		}
	}

	private ScriptedCall record(ReceivedPrompt prompt) {
		synchronized (this.lock) {
			ScriptedCall call = new ScriptedCall(this.calls.size() + 1, prompt);
			this.calls.add(call);
			return call;
		}
	}

}
