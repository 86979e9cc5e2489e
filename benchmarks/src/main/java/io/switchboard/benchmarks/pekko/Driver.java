package io.switchboard.benchmarks.pekko;

import java.time.Duration;

import io.switchboard.benchmarks.works.Attack;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * An actor that crashes another one and asks it: the question waits in the mailbox until
 * that one is restarted.
 */
final class Driver extends AbstractBehavior<Object> {

	private final ActorRef<Message> victim;

	private final Attack attack;

	private final TimerScheduler<Object> timers;

	private final Message.Ping ping;

	private Driver(ActorContext<Object> context, ActorRef<Message> victim, Attack attack,
			TimerScheduler<Object> timers) {
		super(context);
		this.victim = victim;
		this.attack = attack;
		this.timers = timers;
		this.ping = new Message.Ping(context.getSelf().narrow());
	}

	static Behavior<Object> of(ActorRef<Message> victim, Attack attack) {
		return Behaviors
			.withTimers((timers) -> Behaviors.setup((context) -> new Driver(context, victim, attack, timers)));
	}

	@Override
	public Receive<Object> createReceive() {
		return newReceiveBuilder().onMessage(Integer.class, (id) -> recovered())
			.onMessageEquals(Go.GO, this::crash)
			.build();
	}

	private Behavior<Object> crash() {
		this.attack.crashing();
		this.victim.tell(Message.Crash.CRASH);
		this.victim.tell(this.ping);
		return this;
	}

	private Behavior<Object> recovered() {
		int wait = this.attack.recovered();
		if (wait == Attack.OVER) {
			return Behaviors.stopped();
		}
		if (wait == 0) {
			return crash();
		}
		this.timers.startSingleTimer(Go.GO, Duration.ofMillis(wait));
		return this;
	}

}
