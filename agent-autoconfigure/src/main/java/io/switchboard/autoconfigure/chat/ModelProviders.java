package io.switchboard.autoconfigure.chat;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.switchboard.ai.model.ModelProvider;

/**
 * The providers behind the application's chat models, one for each model, shared by all
 * agents that call it.
 * <p>
 * You probably do not want it: agents from properties have theirs already. Use it to give
 * an agent that you specify in Java the same provider as those.
 *
 * @since 0.1.0
 */
public final class ModelProviders {

	private final Map<String, ModelProvider> providers;

	ModelProviders(Map<String, ModelProvider> providers) {
		this.providers = Collections.unmodifiableMap(new LinkedHashMap<>(providers));
	}

	/**
	 * The provider behind a chat model.
	 * @param chatModel the bean name of the model
	 * @return the provider
	 * @throws IllegalArgumentException if there is no chat model of that name
	 */
	public ModelProvider get(String chatModel) {
		ModelProvider provider = this.providers.get(chatModel);
		if (provider == null) {
			throw new IllegalArgumentException("There is no ChatModel bean '%s' and so no provider of it: there are %s"
				.formatted(chatModel, List.copyOf(this.providers.keySet())));
		}
		return provider;
	}

	/**
	 * All providers.
	 * @return the providers, in the order of the models
	 */
	public Collection<ModelProvider> all() {
		return this.providers.values();
	}

}
