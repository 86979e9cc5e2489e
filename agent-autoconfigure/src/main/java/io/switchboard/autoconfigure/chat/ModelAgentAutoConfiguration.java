package io.switchboard.autoconfigure.chat;

import io.micrometer.observation.ObservationRegistry;
import io.switchboard.ai.Conversations;
import io.switchboard.ai.ModelAgent;
import io.switchboard.ai.approval.Approvals;
import io.switchboard.ai.failure.FailureClassifier;
import io.switchboard.ai.model.ModelLine;
import io.switchboard.ai.turn.AnswerCheck;
import io.switchboard.ai.turn.GivenUpTurns;
import io.switchboard.ai.turn.TurnListener;
import io.switchboard.autoconfigure.AgentSource;
import io.switchboard.autoconfigure.SwitchboardProperties;
import io.switchboard.journal.JournalWriters;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClientBuilderCustomizer;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientBuilderConfigurer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ResourceLoader;

/**
 * Auto-configuration of agents that call a model and are described in properties.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { ConversationsAutoConfiguration.class, ModelProvidersAutoConfiguration.class },
		afterName = "org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration")
@ConditionalOnClass({ ModelAgent.class, ChatClient.class })
@EnableConfigurationProperties(SwitchboardProperties.class)
public final class ModelAgentAutoConfiguration {

	@Bean
	AgentSource modelAgentSource(SwitchboardProperties properties, ConfigurableListableBeanFactory beanFactory,
			ResourceLoader resourceLoader, ModelProviders providers, ChatClientPreparation preparation,
			ObjectProvider<Conversations> conversations, Approvals approvals, GivenUpTurns givenUp,
			ObjectProvider<FailureClassifier> classifiers, ObjectProvider<AnswerCheck> checks,
			ObjectProvider<ModelLine> lines, ObjectProvider<ObservationRegistry> observations,
			ObjectProvider<TurnListener> listeners, ObjectProvider<JournalWriters> journals) {
		return new ModelAgentSource(properties, new Instructions(resourceLoader), new ChatModels(beanFactory),
				providers, new ChatClients(beanFactory, preparation), new ToolBeans(beanFactory), conversations,
				approvals, givenUp, classifiers, checks, lines, new TurnWatchers(observations, listeners), journals);
	}

	@Bean
	@ConditionalOnMissingBean
	GivenUpTurns givenUpTurns() {
		return new GivenUpTurns();
	}

	@Bean
	@ConditionalOnMissingBean
	Approvals agentApprovals() {
		return new Approvals();
	}

	@Bean
	@ConditionalOnMissingBean
	ChatClientPreparation agentChatClientPreparation(ObjectProvider<ChatClientBuilderCustomizer> customizers) {
		return (builder) -> customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
	}

	/**
	 * Where Spring AI prepares clients, it prepares ours: its configurer also knows the
	 * customizers that go away with its next release.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ChatClientBuilderConfigurer.class)
	static class ConfigurerConfiguration {

		@Bean
		@ConditionalOnBean(ChatClientBuilderConfigurer.class)
		ChatClientPreparation agentChatClientPreparation(ChatClientBuilderConfigurer configurer) {
			return configurer::configure;
		}

	}

}
