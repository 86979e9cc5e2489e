package com.example.helpdesk.rehearsal;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.MessageType;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage.ToolResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.util.StringUtils;

/**
 * A prompt as the rules see it. All they know comes from here, so whoever loses the
 * conversation gets a model that has forgotten it.
 *
 * @param instructions the system text
 * @param earlier what the user said before
 * @param question what the user says now
 * @param results what the tools have answered to the question
 * @param toolRounds how often tools were asked for the question
 * @param answeredBefore whether the model has already answered in this conversation
 * @param tools names of the tools on offer
 */
record Conversation(String instructions, List<String> earlier, String question, List<ToolResponse> results,
		int toolRounds, boolean answeredBefore, Set<String> tools) {

	static Conversation of(Prompt prompt) {
		List<Message> messages = prompt.getInstructions();
		int now = lastUserMessage(messages);
		List<Message> before = messages.subList(0, Math.max(now, 0));
		List<Message> since = messages.subList(now + 1, messages.size());
		return new Conversation(String.join("\n", texts(messages, MessageType.SYSTEM)), texts(before, MessageType.USER),
				(now < 0) ? "" : textOf(messages.get(now)), results(since), texts(since, MessageType.TOOL).size(),
				texts(messages, MessageType.ASSISTANT).stream().anyMatch(StringUtils::hasText), tools(prompt));
	}

	/**
	 * The conversation as if no tool had answered the question.
	 * @return a copy without results
	 */
	Conversation withoutResults() {
		return new Conversation(this.instructions, this.earlier, this.question, List.of(), this.toolRounds,
				this.answeredBefore, this.tools);
	}

	private static int lastUserMessage(List<Message> messages) {
		int index = messages.size() - 1;
		while (index >= 0 && messages.get(index).getMessageType() != MessageType.USER) {
			index--;
		}
		return index;
	}

	private static List<String> texts(List<Message> messages, MessageType type) {
		return messages.stream()
			.filter((message) -> message.getMessageType() == type)
			.map(Conversation::textOf)
			.toList();
	}

	private static String textOf(Message message) {
		String text = message.getText();
		return (text != null) ? text : "";
	}

	private static List<ToolResponse> results(List<Message> messages) {
		return messages.stream()
			.filter(ToolResponseMessage.class::isInstance)
			.flatMap((message) -> ((ToolResponseMessage) message).getResponses().stream())
			.toList();
	}

	private static Set<String> tools(Prompt prompt) {
		if (!(prompt.getOptions() instanceof ToolCallingChatOptions options)) {
			return Set.of();
		}
		// Spring AI leaves them out where there are none
		return Objects.requireNonNullElse(options.getToolCallbacks(), List.<ToolCallback>of())
			.stream()
			.map((tool) -> tool.getToolDefinition().name())
			.collect(Collectors.toUnmodifiableSet());
	}

}
