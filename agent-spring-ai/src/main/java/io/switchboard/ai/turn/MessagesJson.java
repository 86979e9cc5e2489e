package io.switchboard.ai.turn;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import tools.jackson.core.JacksonException;

import org.springframework.ai.chat.messages.Message;

/**
 * Writes a conversation as JSON and reads it back: texts, calls of tools, media, and of
 * the metadata what JSON can hold.
 * <p>
 * You probably want {@link io.switchboard.ai.Conversations}.
 *
 * @since 0.1.0
 */
public final class MessagesJson {

	private MessagesJson() {
	}

	/**
	 * Write.
	 * @param messages the messages, the oldest first
	 * @return a JSON array
	 */
	public static String write(List<Message> messages) {
		return TurnInputJson.MAPPER.writeValueAsString(StoredMessage.of(messages));
	}

	/**
	 * Read back.
	 * @param content what was written
	 * @return the messages
	 * @throws IllegalArgumentException if it cannot be read; says where, and quotes
	 * nobody
	 */
	public static List<Message> read(String content) {
		try {
			return StoredMessage
				.toMessages(Arrays.asList(TurnInputJson.MAPPER.readValue(content, StoredMessage[].class)));
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException(
					"Conversation is not as it was written, at %s".formatted(ex.getLocation()), ex);
		}
		catch (NullPointerException | IllegalArgumentException ex) {
			throw new IllegalArgumentException("Conversation has a message that cannot be read (%s)"
				.formatted(Objects.requireNonNullElse(ex.getMessage(), ex.getClass().getName())), ex);
		}
	}

}
