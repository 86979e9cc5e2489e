package io.switchboard.autoconfigure.chat;

import io.micrometer.observation.ObservationRegistry;
import io.switchboard.ai.ModelAgent;
import io.switchboard.ai.turn.TurnListener;

import org.springframework.beans.factory.ObjectProvider;

/**
 * Who watches turns. They are looked up when agents are made, because they may know the
 * agents' system.
 *
 * @param observations where the application observes
 * @param listeners who counts
 */
record TurnWatchers(ObjectProvider<ObservationRegistry> observations, ObjectProvider<TurnListener> listeners) {

	void watch(ModelAgent.Builder agent) {
		agent.observations(this.observations.getIfUnique(() -> ObservationRegistry.NOOP))
			.listeners(this.listeners.orderedStream().toList());
	}

}
