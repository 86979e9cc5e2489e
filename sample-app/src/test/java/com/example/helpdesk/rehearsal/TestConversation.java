package com.example.helpdesk.rehearsal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import reactor.core.scheduler.Schedulers;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage.ToolResponse;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.function.FunctionToolCallback;

/**
 * Writes conversations down for tests. Immutable: each step gives a longer conversation.
 */
record TestConversation(List<Message> messages, List<ToolCallback> tools) {

	static TestConversation offering(String... tools) {
		return new TestConversation(List.of(), Stream.of(tools).map(TestConversation::callback).toList());
	}

	TestConversation system(String text) {
		return with(new SystemMessage(text));
	}

	TestConversation user(String text) {
		return with(new UserMessage(text));
	}

	TestConversation assistant(String text) {
		return with(new AssistantMessage(text));
	}

	TestConversation message(AssistantMessage message) {
		return with(message);
	}

	TestConversation tool(String name, List<String> results) {
		return with(ToolResponseMessage.builder()
			.responses(results.stream().map((data) -> new ToolResponse("call", name, data)).toList())
			.build());
	}

	Prompt prompt() {
		return new Prompt(this.messages, ToolCallingChatOptions.builder().toolCallbacks(this.tools).build());
	}

	AssistantMessage reply() {
		return new RehearsalChatModel(new Pace(0, Schedulers.immediate()), true).call(prompt())
			.getResults()
			.get(0)
			.getOutput();
	}

	String answer() {
		return String.valueOf(reply().getText());
	}

	private TestConversation with(Message message) {
		List<Message> longer = new ArrayList<>(this.messages);
		longer.add(message);
		return new TestConversation(List.copyOf(longer), this.tools);
	}

	private static ToolCallback callback(String name) {
		return FunctionToolCallback.builder(name, () -> "never called").description(name).build();
	}

}
