package io.switchboard.benchmarks.switchboard;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;

import io.switchboard.AgentContext;
import io.switchboard.Behaviour;
import io.switchboard.benchmarks.works.AgentState;
import io.switchboard.benchmarks.works.Computation;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * An agent with a little state.
 */
final class PlainAgent implements Behaviour<Message> {

	private final Map<String, Object> state;

	private int left;

	private @Nullable CountDownLatch done;

	PlainAgent(int id) {
		this.state = AgentState.of(id);
	}

	@Override
	public Publisher<?> onMessage(Message message, AgentContext<Message> context) {
		if (message == Message.Ping.PING) {
			return Mono.just(id());
		}
		if (message instanceof Message.PingFrom ping) {
			Sending.accepted(ping.replyTo().tell(id()));
		}
		else if (message instanceof Message.Ask ask) {
			Sending.accepted(ask.replyTo().tell(new Message.Reply(ask.due())));
		}
		else if (message == Message.Tick.TICK) {
			if (--this.left == 0) {
				Objects.requireNonNull(this.done, "ticks are announced").countDown();
			}
		}
		else if (message instanceof Message.Count count) {
			this.left = count.left();
			this.done = count.done();
		}
		else if (message == Message.Crash.CRASH) {
			throw new IllegalStateException("boom");
		}
		else if (message instanceof Message.Hog hog) {
			Computation.until(hog.until());
		}
		return Mono.empty();
	}

	private Object id() {
		return Objects.requireNonNull(this.state.get("id"), "every agent has a number");
	}

}
