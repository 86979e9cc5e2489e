package io.switchboard.ai.tool;

import org.springframework.ai.chat.messages.AssistantMessage;

/**
 * What happens while the calls of one answer are made.
 *
 * @since 0.1.0
 */
public sealed interface ToolStep {

	/**
	 * The call it is about.
	 * @return the call
	 */
	AssistantMessage.ToolCall call();

	/**
	 * The call is about to begin.
	 *
	 * @param call the call
	 * @since 0.1.0
	 */
	record Starting(AssistantMessage.ToolCall call) implements ToolStep {

	}

	/**
	 * The call is over.
	 *
	 * @param call the call
	 * @param outcome what came of it
	 * @since 0.1.0
	 */
	record Ended(AssistantMessage.ToolCall call, ToolOutcome outcome) implements ToolStep {

	}

}
