package io.switchboard.ai.tool;

import reactor.core.publisher.Mono;

import org.springframework.ai.chat.model.ToolContext;

/**
 * A tool that waits without a thread.
 * <p>
 * You probably want {@link ToolMethods}, which makes one of each annotated method that
 * returns a {@code Mono}, a {@code Flux} or a {@code CompletionStage}.
 * <p>
 * Agents only can call it: Spring AI's own tool loop waits for a text and is refused.
 *
 * @since 0.1.0
 */
public interface ReactiveTool extends AgentTool {

	/**
	 * Do the work on subscription. It is called on the agents' workers and must not
	 * block; cancelling has to end the work.
	 * @param arguments the arguments, a JSON object
	 * @param context what the application gives tools to know, and the {@link ToolCaller}
	 * @return the answer; none is an empty text
	 */
	Mono<ToolReply> answer(String arguments, ToolContext context);

	@Override
	default String call(String arguments) {
		throw new UnsupportedOperationException(
				"Tool '%s' is reactive and can be called by agents only; let it return a plain value to call it from %s"
					.formatted(getToolDefinition().name(), "Spring AI's own tool loop"));
	}

}
