package com.example.docs.agents;

import io.switchboard.Behaviour;
import io.switchboard.autoconfigure.AgentPlacement;
import io.switchboard.supervision.AgentSpec;
import reactor.core.publisher.Mono;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Shows an agent that is specified in Java.
 */
// tag::greeter[]
@Configuration(proxyBeanMethods = false)
class GreeterConfiguration {

	@Bean
	AgentPlacement greeter() {
		return new AgentPlacement("desk", AgentSpec.builder("greeter", String.class, () -> greeting()).build());
	}

	private static Behaviour<String> greeting() {
		int[] greeted = new int[1];
		return (name, context) -> Mono.just("Hello %s, you are number %d".formatted(name, ++greeted[0]));
	}

}
// end::greeter[]
