package io.switchboard.autoconfigure.chat;

import io.switchboard.ai.failure.FailureClassifier;
import io.switchboard.ai.model.ModelProvider;
import io.switchboard.autoconfigure.SwitchboardProperties;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of what agents share of the providers behind their chat models. A
 * {@link ModelProvider} of the application that has the name of a chat model takes the
 * place of the one made here.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnClass({ ModelProvider.class, ChatModel.class })
@EnableConfigurationProperties(SwitchboardProperties.class)
public final class ModelProvidersAutoConfiguration {

	@Bean
	ModelProviders modelProviders(SwitchboardProperties properties, ConfigurableListableBeanFactory beanFactory,
			ObjectProvider<ModelProvider> own, ObjectProvider<FailureClassifier> failures) {
		return new ModelProviderFactory(properties.providers(), own.orderedStream().toList(),
				FailureClassifier.knownAfter(failures.orderedStream().toList()))
			.create(new ChatModels(beanFactory).names());
	}

}
