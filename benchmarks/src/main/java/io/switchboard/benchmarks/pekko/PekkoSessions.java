package io.switchboard.benchmarks.pekko;

import java.util.List;

import io.switchboard.benchmarks.works.Deliveries;
import io.switchboard.benchmarks.works.Script;
import io.switchboard.benchmarks.works.Sessions;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Sessions that wait by timers of their own, with an actor as the subscriber of each.
 */
final class PekkoSessions implements Sessions {

	private final List<ActorRef<SessionMessage>> sessions;

	private final List<ActorRef<Delivery>> subscribers;

	PekkoSessions(Actors actors, String name, int count, Script script, Deliveries deliveries) {
		this.sessions = actors.spawn(count, name + "session-", (i) -> Session.supervised(script));
		this.subscribers = actors.spawn(count, name + "subscriber-", (i) -> Subscriber.of(i, deliveries));
	}

	@Override
	public void begin(int session) {
		this.sessions.get(session).tell(new SessionMessage.Begin(this.subscribers.get(session)));
	}

}
