package com.example.helpdesk.rehearsal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Registers the rehearsal model while {@code spring.ai.model.chat} is {@code rehearsal}.
 * This is the property by which Spring AI chooses among its own models, so any other
 * value takes this one away and puts that one in its place.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "spring.ai.model.chat", havingValue = "rehearsal")
@EnableConfigurationProperties(RehearsalProperties.class)
class RehearsalConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(RehearsalConfiguration.class);

	@Bean
	RehearsalChatModel rehearsalChatModel(RehearsalProperties properties) {
		logger.info("Answers come from the rehearsal model: rules, no neural network. "
				+ "Set spring.ai.model.chat to openai or ollama for a real one.");
		return new RehearsalChatModel(new Pace(properties.wordsPerSecond(), Schedulers.parallel()), true);
	}

}
