package io.switchboard.test.behaviour;

import io.switchboard.AgentContext;
import io.switchboard.StatefulBehaviour;
import io.switchboard.supervision.AgentSpec;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * An agent that operators may look into: its state is the last word it was told.
 */
final class Ledger implements StatefulBehaviour<Object, Object> {

	private Object state = "nothing";

	static AgentSpec<Object> agent(String name) {
		return AgentSpec.builder(name, Object.class, Ledger::new).build();
	}

	@Override
	public Publisher<?> onMessage(Object message, AgentContext<Object> context) throws Exception {
		if (message instanceof Act act) {
			return act.perform(context);
		}
		this.state = message;
		return Mono.just(message);
	}

	@Override
	public Object state() {
		if (this.state instanceof RuntimeException ex) {
			throw ex;
		}
		return this.state;
	}

	@Override
	public void replaceState(Object state) {
		this.state = state;
	}

}
