package io.switchboard.autoconfigure.chat;

import org.springframework.ai.chat.client.ChatClient;

/**
 * Does to a client's builder what the application wants done to all of them.
 */
@FunctionalInterface
interface ChatClientPreparation {

	void prepare(ChatClient.Builder builder);

}
