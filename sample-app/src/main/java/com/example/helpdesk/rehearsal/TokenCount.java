package com.example.helpdesk.rehearsal;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * Counts tokens by the rule of thumb for English: four characters each.
 */
final class TokenCount {

	private static final int CHARACTERS = 4;

	private TokenCount() {
	}

	static Usage of(Prompt prompt, AssistantMessage reply) {
		int asked = prompt.getInstructions().stream().mapToInt(TokenCount::of).sum();
		return new DefaultUsage(asked, of(reply));
	}

	private static int of(Message message) {
		String text = message.getText();
		int count = (text != null) ? of(text) : 0;
		if (message instanceof AssistantMessage assistant) {
			count += assistant.getToolCalls().stream().mapToInt((call) -> of(call.name()) + of(call.arguments())).sum();
		}
		if (message instanceof ToolResponseMessage tools) {
			count += tools.getResponses().stream().mapToInt((response) -> of(response.responseData())).sum();
		}
		return count;
	}

	private static int of(String text) {
		return (text.length() + CHARACTERS - 1) / CHARACTERS;
	}

}
