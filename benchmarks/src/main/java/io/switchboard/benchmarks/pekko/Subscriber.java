package io.switchboard.benchmarks.pekko;

import io.switchboard.benchmarks.works.Deliveries;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * An actor that gets the tokens of one session.
 */
final class Subscriber extends AbstractBehavior<Delivery> {

	private final int session;

	private final Deliveries deliveries;

	private int got;

	private Subscriber(ActorContext<Delivery> context, int session, Deliveries deliveries) {
		super(context);
		this.session = session;
		this.deliveries = deliveries;
	}

	static Behavior<Delivery> of(int session, Deliveries deliveries) {
		return Behaviors.setup((context) -> new Subscriber(context, session, deliveries));
	}

	@Override
	public Receive<Delivery> createReceive() {
		return newReceiveBuilder().onMessage(Delivery.Token.class, this::token)
			.onMessageEquals(Delivery.End.END, this::end)
			.build();
	}

	private Behavior<Delivery> token(Delivery.Token token) {
		this.deliveries.token(token.due());
		this.got++;
		return this;
	}

	private Behavior<Delivery> end() {
		this.deliveries.end(this.session, this.got);
		return this;
	}

}
