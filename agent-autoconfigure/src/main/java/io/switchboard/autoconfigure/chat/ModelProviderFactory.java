package io.switchboard.autoconfigure.chat;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.switchboard.ai.failure.FailureClassifier;
import io.switchboard.ai.model.BreakerSettings;
import io.switchboard.ai.model.ModelProvider;
import io.switchboard.autoconfigure.SwitchboardProperties.Breaker;
import io.switchboard.autoconfigure.SwitchboardProperties.Provider;

/**
 * Makes a provider for each chat model, unless the application has one of that name.
 *
 * @param settings the settings by the bean names of the models
 * @param own the application's providers
 * @param failures tells failures of providers from others
 */
record ModelProviderFactory(Map<String, Provider> settings, Collection<ModelProvider> own, FailureClassifier failures) {

	/**
	 * Make the providers.
	 * @param models the bean names of the chat models
	 * @return the providers
	 * @throws UnknownProviderException if there are settings for others
	 */
	ModelProviders create(List<String> models) {
		Set<String> unknown = new LinkedHashSet<>(this.settings.keySet());
		models.forEach(unknown::remove);
		if (!unknown.isEmpty()) {
			throw new UnknownProviderException(unknown, models);
		}
		Map<String, ModelProvider> providers = new LinkedHashMap<>();
		models.forEach((model) -> providers.put(model, create(model)));
		this.own.forEach((provider) -> providers.replace(provider.name(), provider));
		return new ModelProviders(providers);
	}

	private ModelProvider create(String model) {
		ModelProvider.Builder builder = ModelProvider.builder(model).failures(this.failures);
		Provider provider = this.settings.get(model);
		if (provider != null) {
			builder.maxConcurrent(provider.maxConcurrent())
				.requestsPerMinute(provider.requestsPerMinute())
				.maxWait(provider.maxWait());
			breaker(builder, provider.breaker());
		}
		return builder.build();
	}

	private static void breaker(ModelProvider.Builder builder, Breaker breaker) {
		if (breaker.enabled()) {
			builder.breaker(new BreakerSettings(breaker.failureRate(), breaker.minimumCalls(), breaker.window(),
					breaker.openFor()));
		}
		else {
			builder.withoutBreaker();
		}
	}

}
