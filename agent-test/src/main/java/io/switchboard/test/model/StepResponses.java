package io.switchboard.test.model;

import java.util.ArrayList;
import java.util.List;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

/**
 * Puts a step into Spring AI's words.
 *
 * @param step the step
 * @param call the number of the call it answers
 * @param model the name of the model
 */
record StepResponses(ScriptStep step, int call, String model) {

	ChatResponse chunk(String text) {
		return new ChatResponse(List.of(new Generation(new AssistantMessage(text))), metadata().build());
	}

	/**
	 * The response after the last chunk. Providers send their finish reason, the tool
	 * calls and the usage after all text, so a caller must not expect text in it.
	 * @return a response without text
	 */
	ChatResponse closing() {
		return complete("");
	}

	ChatResponse whole() {
		return complete(this.step.text());
	}

	private ChatResponse complete(String text) {
		AssistantMessage message = AssistantMessage.builder().content(text).toolCalls(toolCalls()).build();
		ChatGenerationMetadata generation = ChatGenerationMetadata.builder()
			.finishReason(this.step.finishReason())
			.build();
		return new ChatResponse(List.of(new Generation(message, generation)),
				metadata().usage(this.step.usage()).build());
	}

	private List<ToolCall> toolCalls() {
		List<ToolCall> calls = new ArrayList<>();
		for (ScriptedToolCall scripted : this.step.toolCalls()) {
			String id = "call-" + this.call + "-" + (calls.size() + 1);
			calls.add(new ToolCall(id, "function", scripted.name(), scripted.arguments()));
		}
		return calls;
	}

	private ChatResponseMetadata.Builder metadata() {
		return ChatResponseMetadata.builder().id("scripted-" + this.call).model(this.model);
	}

}
