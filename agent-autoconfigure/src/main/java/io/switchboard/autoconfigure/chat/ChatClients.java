package io.switchboard.autoconfigure.chat;

import io.micrometer.observation.ObservationRegistry;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.observation.AdvisorObservationConvention;
import org.springframework.ai.chat.client.observation.ChatClientObservationConvention;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.beans.factory.BeanFactory;

/**
 * Makes a client for a model the way Spring AI makes the application's own, which exists
 * only as long as there is one model.
 */
final class ChatClients {

	private final BeanFactory beanFactory;

	private final ChatClientPreparation preparation;

	ChatClients(BeanFactory beanFactory, ChatClientPreparation preparation) {
		this.beanFactory = beanFactory;
		this.preparation = preparation;
	}

	ChatClient create(ChatModel model) {
		ObservationRegistry registry = this.beanFactory.getBeanProvider(ObservationRegistry.class)
			.getIfUnique(() -> ObservationRegistry.NOOP);
		ChatClient.Builder builder = ChatClient.builder(model, registry,
				this.beanFactory.getBeanProvider(ChatClientObservationConvention.class).getIfUnique(),
				this.beanFactory.getBeanProvider(AdvisorObservationConvention.class).getIfUnique());
		this.preparation.prepare(builder);
		return builder.build();
	}

}
