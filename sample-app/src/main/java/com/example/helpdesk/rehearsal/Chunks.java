package com.example.helpdesk.rehearsal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

/**
 * The pieces in which a provider streams a reply: a word each, and a last one without
 * words that says why it ends and what it took. A request for tools is a single piece.
 */
final class Chunks {

	private Chunks() {
	}

	static List<ChatResponse> of(AssistantMessage reply, Usage usage) {
		if (reply.hasToolCalls()) {
			return List.of(last(reply, "TOOL_CALLS", usage));
		}
		List<ChatResponse> chunks = new ArrayList<>();
		words(String.valueOf(reply.getText())).forEach((word) -> chunks
			.add(new ChatResponse(List.of(new Generation(new AssistantMessage(word))), metadata().build())));
		chunks.add(last(new AssistantMessage(""), "STOP", usage));
		return chunks;
	}

	/**
	 * Put the pieces together again, for who does not stream.
	 * @param chunks all pieces of a reply
	 * @return the whole reply, with the end and the usage of the last piece
	 */
	static ChatResponse join(List<ChatResponse> chunks) {
		ChatResponse last = chunks.get(chunks.size() - 1);
		String text = chunks.stream()
			.map((chunk) -> String.valueOf(message(chunk).getText()))
			.collect(Collectors.joining());
		List<ToolCall> calls = message(last).getToolCalls();
		AssistantMessage whole = AssistantMessage.builder().content(text).toolCalls(calls).build();
		return new ChatResponse(List.of(new Generation(whole, last.getResults().get(0).getMetadata())),
				last.getMetadata());
	}

	private static Stream<String> words(String text) {
		return Stream.of(text.split("(?<= )"));
	}

	private static AssistantMessage message(ChatResponse chunk) {
		return chunk.getResults().get(0).getOutput();
	}

	private static ChatResponse last(AssistantMessage message, String finishReason, Usage usage) {
		ChatGenerationMetadata end = ChatGenerationMetadata.builder().finishReason(finishReason).build();
		return new ChatResponse(List.of(new Generation(message, end)), metadata().usage(usage).build());
	}

	private static ChatResponseMetadata.Builder metadata() {
		return ChatResponseMetadata.builder().model(RehearsalChatModel.NAME);
	}

}
