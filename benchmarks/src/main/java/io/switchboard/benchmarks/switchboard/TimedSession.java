package io.switchboard.benchmarks.switchboard;

import java.time.Duration;
import java.util.Objects;

import io.switchboard.AgentContext;
import io.switchboard.AgentRef;
import io.switchboard.Behaviour;
import io.switchboard.benchmarks.works.Script;
import io.switchboard.benchmarks.works.SessionTurn;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * A session that sends itself what the model and the tool would send, and tells its
 * subscriber.
 */
final class TimedSession implements Behaviour<SessionMessage> {

	private final SessionTurn turn;

	private @Nullable AgentRef<Delivery> subscriber;

	TimedSession(Script script) {
		this.turn = new SessionTurn(script);
	}

	@Override
	public Publisher<?> onMessage(SessionMessage message, AgentContext<SessionMessage> context) {
		if (message == SessionMessage.Timer.TOKEN) {
			token(Objects.requireNonNull(this.subscriber, "a turn was begun"), context);
		}
		else if (message == SessionMessage.Timer.TOOL) {
			this.turn.toolAnswered();
			awaitToken(context);
		}
		else if (message instanceof SessionMessage.Begin begin) {
			this.subscriber = begin.subscriber();
			this.turn.call();
			awaitToken(context);
		}
		return Mono.empty();
	}

	private void token(AgentRef<Delivery> to, AgentContext<SessionMessage> context) {
		Sending.accepted(to.tell(new Delivery.Token(this.turn.due(), this.turn.take())));
		switch (this.turn.next()) {
			case TOKEN -> awaitToken(context);
			case TOOL -> context.sendAfter(Duration.ofNanos(this.turn.toolNanos()), SessionMessage.Timer.TOOL);
			case END -> Sending.accepted(to.tell(Delivery.End.END));
		}
	}

	private void awaitToken(AgentContext<SessionMessage> context) {
		context.sendAfter(Duration.ofNanos(this.turn.untilDue()), SessionMessage.Timer.TOKEN);
	}

}
