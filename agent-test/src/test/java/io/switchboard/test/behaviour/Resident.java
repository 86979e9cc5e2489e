package io.switchboard.test.behaviour;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

import io.switchboard.AgentContext;
import io.switchboard.Behaviour;
import io.switchboard.registry.AgentRegistry;
import io.switchboard.registry.Owner;
import io.switchboard.supervision.AgentSpec;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * An agent that uses the registry as it is told, and remembers what else it is sent.
 */
final class Resident {

	final List<Object> received = new CopyOnWriteArrayList<>();

	private final String name;

	private Use onStart = (registry, self) -> "nothing";

	Resident(String name) {
		this.name = name;
	}

	/**
	 * Use the registry in each start.
	 * @param use what to do
	 * @return this
	 */
	Resident onStart(Use use) {
		this.onStart = use;
		return this;
	}

	AgentSpec<Object> spec() {
		return spec(UnaryOperator.identity());
	}

	AgentSpec<Object> spec(UnaryOperator<AgentSpec.Builder<Object>> settings) {
		return settings.apply(AgentSpec.builder(this.name, Object.class, Life::new)).build();
	}

	/**
	 * A message that says what to do with the registry; the result is the answer.
	 */
	@FunctionalInterface
	interface Use {

		Object with(AgentRegistry registry, Owner self);

	}

	/**
	 * One life.
	 */
	private final class Life implements Behaviour<Object> {

		@Override
		public Mono<Void> onStart(AgentContext<Object> context) {
			Resident.this.onStart.with(AgentRegistry.of(context), Owner.of(context));
			return Mono.empty();
		}

		@Override
		public Publisher<?> onMessage(Object message, AgentContext<Object> context) {
			if (message instanceof Use use) {
				return Mono.just(use.with(AgentRegistry.of(context), Owner.of(context)));
			}
			if (message instanceof RuntimeException failure) {
				throw failure;
			}
			Resident.this.received.add(message);
			return Mono.empty();
		}

	}

}
