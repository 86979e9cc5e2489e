package io.switchboard.benchmarks.pekko;

import java.time.Duration;
import java.util.Objects;

import io.switchboard.benchmarks.works.Script;
import io.switchboard.benchmarks.works.SessionTurn;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * A session that sends itself what the model and the tool would send, and tells its
 * subscriber.
 */
final class Session extends AbstractBehavior<SessionMessage> {

	private final TimerScheduler<SessionMessage> timers;

	private final SessionTurn turn;

	private @Nullable ActorRef<Delivery> subscriber;

	private Session(ActorContext<SessionMessage> context, TimerScheduler<SessionMessage> timers, Script script) {
		super(context);
		this.timers = timers;
		this.turn = new SessionTurn(script);
	}

	static Behavior<SessionMessage> supervised(Script script) {
		Behavior<SessionMessage> session = Behaviors
			.withTimers((timers) -> Behaviors.setup((context) -> new Session(context, timers, script)));
		return Behaviors.supervise(session)
			.onFailure(RuntimeException.class, SupervisorStrategy.restart().withLoggingEnabled(false));
	}

	@Override
	public Receive<SessionMessage> createReceive() {
		return newReceiveBuilder().onMessageEquals(SessionMessage.Timer.TOKEN, this::token)
			.onMessageEquals(SessionMessage.Timer.TOOL, this::toolAnswered)
			.onMessage(SessionMessage.Begin.class, this::begin)
			.build();
	}

	private Behavior<SessionMessage> begin(SessionMessage.Begin begin) {
		this.subscriber = begin.subscriber();
		this.turn.call();
		return awaitToken();
	}

	private Behavior<SessionMessage> toolAnswered() {
		this.turn.toolAnswered();
		return awaitToken();
	}

	private Behavior<SessionMessage> token() {
		ActorRef<Delivery> to = Objects.requireNonNull(this.subscriber, "a turn was begun");
		to.tell(new Delivery.Token(this.turn.due(), this.turn.take()));
		switch (this.turn.next()) {
			case TOKEN -> awaitToken();
			case TOOL -> await(SessionMessage.Timer.TOOL, this.turn.toolNanos());
			case END -> to.tell(Delivery.End.END);
		}
		return this;
	}

	private Behavior<SessionMessage> awaitToken() {
		return await(SessionMessage.Timer.TOKEN, this.turn.untilDue());
	}

	private Behavior<SessionMessage> await(SessionMessage.Timer message, long nanos) {
		this.timers.startSingleTimer("model", message, Duration.ofNanos(nanos));
		return this;
	}

}
