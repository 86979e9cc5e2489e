package io.switchboard.benchmarks.switchboard;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.switchboard.AgentRef;
import io.switchboard.benchmarks.works.Abort;
import io.switchboard.benchmarks.works.Deliveries;
import io.switchboard.benchmarks.works.Script;
import io.switchboard.benchmarks.works.Sessions;
import io.switchboard.supervision.AgentSpec;

/**
 * Sessions that stream their turn to whoever has asked.
 */
final class StreamedSessions implements Sessions {

	private final List<AgentRef<StreamingSession.Begin>> sessions;

	private final Deliveries deliveries;

	StreamedSessions(Tree tree, String name, int count, Script script, Deliveries deliveries) {
		String session = name + "session-";
		tree.start(count,
				(i) -> AgentSpec.builder(session + i, StreamingSession.Begin.class, () -> new StreamingSession(script))
					.registeredAs(session + i)
					.build());
		this.sessions = IntStream.range(0, count)
			.mapToObj((i) -> tree.agent(i, session + i, StreamingSession.Begin.class))
			.toList();
		this.deliveries = deliveries;
	}

	@Override
	public void begin(int session) {
		AtomicInteger got = new AtomicInteger();
		this.sessions.get(session).stream(StreamingSession.Begin.BEGIN, Delivery.Token.class).subscribe((token) -> {
			this.deliveries.token(token.due());
			got.incrementAndGet();
		}, Abort::because, () -> this.deliveries.end(session, got.get()));
	}

}
