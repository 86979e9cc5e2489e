package com.example.helpdesk.rehearsal;

import reactor.core.scheduler.Schedulers;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;

/**
 * Registers the model that agents switch to when theirs has failed, whichever that is: a
 * rehearsal model that does not fail when asked to.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RehearsalProperties.class)
class UnderstudyConfiguration {

	@Bean
	@Fallback
	RehearsalChatModel understudy(RehearsalProperties properties) {
		return new RehearsalChatModel(new Pace(properties.wordsPerSecond(), Schedulers.parallel()), false);
	}

}
