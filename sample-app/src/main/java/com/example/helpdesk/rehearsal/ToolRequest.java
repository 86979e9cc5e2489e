package com.example.helpdesk.rehearsal;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import tools.jackson.databind.json.JsonMapper;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;

/**
 * Asks for tools as a real model does: a message without text, with one call or several.
 */
final class ToolRequest {

	private static final JsonMapper json = JsonMapper.shared();

	private ToolRequest() {
	}

	/**
	 * Ask for a tool.
	 * @param conversation gives the calls identifiers that are unique within it
	 * @param tool the tool's name
	 * @param arguments one set for each call
	 * @return the message that asks
	 */
	static AssistantMessage of(Conversation conversation, String tool, List<Map<String, String>> arguments) {
		String id = "call-%d-%d-%%d".formatted(conversation.earlier().size() + 1, conversation.toolRounds() + 1);
		return message(IntStream.range(0, arguments.size())
			.mapToObj((index) -> new ToolCall(id.formatted(index + 1), "function", tool,
					json.writeValueAsString(arguments.get(index))))
			.toList());
	}

	/**
	 * Break the arguments as a model does that runs out of tokens: they end too early.
	 * @param request what was to be asked for
	 * @return the same calls with arguments that are not JSON
	 */
	static AssistantMessage malformed(AssistantMessage request) {
		return message(request.getToolCalls()
			.stream()
			.map((call) -> new ToolCall(call.id(), call.type(), call.name(),
					call.arguments().substring(0, call.arguments().length() - 1)))
			.toList());
	}

	private static AssistantMessage message(List<ToolCall> calls) {
		return AssistantMessage.builder().content("").toolCalls(calls).build();
	}

}
