package io.switchboard.benchmarks.switchboard;

import java.util.List;
import java.util.stream.IntStream;

import io.switchboard.AgentRef;
import io.switchboard.benchmarks.works.Deliveries;
import io.switchboard.benchmarks.works.Script;
import io.switchboard.benchmarks.works.Sessions;
import io.switchboard.supervision.AgentSpec;

/**
 * Sessions that wait by timers of their own, with an agent as the subscriber of each.
 */
final class TimedSessions implements Sessions {

	private final List<AgentRef<SessionMessage>> sessions;

	private final List<AgentRef<Delivery>> subscribers;

	TimedSessions(Tree tree, String name, int count, Script script, Deliveries deliveries) {
		String session = name + "session-";
		String subscriber = name + "subscriber-";
		tree.start(count,
				(i) -> AgentSpec.builder(session + i, SessionMessage.class, () -> new TimedSession(script))
					.registeredAs(session + i)
					.build());
		tree.start(count,
				(i) -> AgentSpec.builder(subscriber + i, Delivery.class, () -> new Subscriber(i, deliveries)).build());
		this.sessions = IntStream.range(0, count)
			.mapToObj((i) -> tree.agent(i, session + i, SessionMessage.class))
			.toList();
		this.subscribers = IntStream.range(0, count)
			.mapToObj((i) -> tree.agent(i, subscriber + i, Delivery.class))
			.toList();
	}

	@Override
	public void begin(int session) {
		Sending.accepted(this.sessions.get(session).tell(new SessionMessage.Begin(this.subscribers.get(session))));
	}

}
