package io.switchboard.benchmarks.switchboard;

import io.switchboard.AgentContext;
import io.switchboard.Behaviour;
import io.switchboard.benchmarks.works.Deliveries;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * An agent that gets the tokens of one session.
 */
final class Subscriber implements Behaviour<Delivery> {

	private final int session;

	private final Deliveries deliveries;

	private int got;

	Subscriber(int session, Deliveries deliveries) {
		this.session = session;
		this.deliveries = deliveries;
	}

	@Override
	public Publisher<?> onMessage(Delivery delivery, AgentContext<Delivery> context) {
		if (delivery instanceof Delivery.Token token) {
			this.deliveries.token(token.due());
			this.got++;
		}
		else {
			this.deliveries.end(this.session, this.got);
		}
		return Mono.empty();
	}

}
