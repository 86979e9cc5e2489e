package com.example.docs.registry;

import java.util.ArrayList;
import java.util.List;

import io.switchboard.AgentContext;
import io.switchboard.Behaviour;
import io.switchboard.registry.AgentRegistry;
import io.switchboard.registry.Owner;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * Shows an agent that joins a group and listens to a topic.
 */
// tag::watcher[]
class PriceWatcher implements Behaviour<PriceChanged> {

	private final List<PriceChanged> changes = new ArrayList<>();

	@Override
	public Mono<Void> onStart(AgentContext<PriceChanged> context) {
		AgentRegistry registry = AgentRegistry.of(context);
		Owner thisLife = Owner.of(context);
		registry.groups().join("watchers", thisLife);
		registry.topics().subscribe("prices", thisLife);
		return Mono.empty();
	}

	@Override
	public Publisher<?> onMessage(PriceChanged change, AgentContext<PriceChanged> context) {
		this.changes.add(change);
		return Mono.just(this.changes.size());
	}

}
// end::watcher[]
