package io.switchboard.ai.turn;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.MessageType;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.content.Media;
import org.springframework.ai.content.MediaContent;

/**
 * A message of a conversation as it is written down.
 *
 * @param type who says it
 * @param text what is said, or {@code null}
 * @param metadata what a provider adds, as far as it is text, numbers, truth values and
 * lists and maps of them; what is not is of this process only
 * @param calls the tools that a model calls
 * @param responses what tools answered
 * @param media pictures, sounds and documents
 */
record StoredMessage(MessageType type, @Nullable String text, Map<String, Object> metadata, List<Call> calls,
		List<Response> responses, List<StoredMedia> media) {

	static StoredMessage of(Message message) {
		List<Call> calls = List.of();
		List<Response> responses = List.of();
		List<StoredMedia> media = List.of();
		if (message instanceof AssistantMessage assistant) {
			calls = assistant.getToolCalls().stream().map(Call::of).toList();
		}
		if (message instanceof ToolResponseMessage tools) {
			responses = tools.getResponses().stream().map(Response::of).toList();
		}
		if (message instanceof MediaContent content) {
			media = content.getMedia().stream().map(StoredMedia::of).toList();
		}
		return new StoredMessage(message.getMessageType(), message.getText(), plain(message.getMetadata()), calls,
				responses, media);
	}

	static List<StoredMessage> of(List<Message> messages) {
		return messages.stream().map(StoredMessage::of).toList();
	}

	static List<Message> toMessages(List<StoredMessage> stored) {
		return stored.stream().map(StoredMessage::toMessage).toList();
	}

	Message toMessage() {
		return switch (this.type) {
			case USER -> UserMessage.builder().text(words()).metadata(metadata()).media(toMedia()).build();
			case ASSISTANT -> toAnswer();
			case SYSTEM -> SystemMessage.builder().text(words()).metadata(metadata()).build();
			case TOOL -> ToolResponseMessage.builder()
				.responses(this.responses.stream().map(Response::toResponse).toList())
				.metadata(metadata())
				.build();
		};
	}

	AssistantMessage toAnswer() {
		return AssistantMessage.builder()
			.content(this.text)
			.properties(metadata())
			.toolCalls(this.calls.stream().map(Call::toCall).toList())
			.media(toMedia())
			.build();
	}

	private String words() {
		return (this.text != null) ? this.text : "";
	}

	private List<Media> toMedia() {
		return this.media.stream().map(StoredMedia::toMedia).toList();
	}

	private static Map<String, Object> plain(Map<?, ?> values) {
		Map<String, Object> plain = new LinkedHashMap<>();
		values.forEach((name, value) -> {
			// each message adds it by itself
			if (!name.equals("messageType") && isPlain(value)) {
				plain.put(name.toString(), value);
			}
		});
		return plain;
	}

	private static boolean isPlain(@Nullable Object value) {
		if (value instanceof Collection<?> all) {
			return all.stream().allMatch(StoredMessage::isPlain);
		}
		if (value instanceof Map<?, ?> map) {
			return map.keySet().stream().allMatch(String.class::isInstance)
					&& map.values().stream().allMatch(StoredMessage::isPlain);
		}
		return value instanceof String || value instanceof Number || value instanceof Boolean;
	}

	/**
	 * A model calls a tool.
	 *
	 * @param id the id of the call
	 * @param type what kind of call
	 * @param name the tool
	 * @param arguments the arguments
	 */
	record Call(String id, String type, String name, String arguments) {

		static Call of(AssistantMessage.ToolCall call) {
			return new Call(call.id(), call.type(), call.name(), call.arguments());
		}

		AssistantMessage.ToolCall toCall() {
			return new AssistantMessage.ToolCall(this.id, this.type, this.name, this.arguments);
		}

	}

	/**
	 * A tool has answered.
	 *
	 * @param id the id of the call
	 * @param name the tool
	 * @param data what it answered
	 */
	record Response(String id, String name, String data) {

		static Response of(ToolResponseMessage.ToolResponse response) {
			return new Response(response.id(), response.name(), response.responseData());
		}

		ToolResponseMessage.ToolResponse toResponse() {
			return new ToolResponseMessage.ToolResponse(this.id, this.name, this.data);
		}

	}

}
