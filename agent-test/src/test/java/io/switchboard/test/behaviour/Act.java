package io.switchboard.test.behaviour;

import java.util.function.UnaryOperator;

import io.switchboard.AgentContext;
import io.switchboard.supervision.AgentSpec;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * A message that brings its own handler. The agents made here perform it, and answer any
 * other message with itself.
 */
@FunctionalInterface
interface Act {

	Publisher<?> perform(AgentContext<Object> context) throws Exception;

	static AgentSpec<Object> agent(String name) {
		return agent(name, UnaryOperator.identity());
	}

	static AgentSpec<Object> agent(String name, UnaryOperator<AgentSpec.Builder<Object>> settings) {
		return settings.apply(builder(name)).build();
	}

	static AgentSpec.Builder<Object> builder(String name) {
		return AgentSpec.builder(name, Object.class,
				() -> (message, context) -> (message instanceof Act act) ? act.perform(context) : Mono.just(message));
	}

}
