package io.switchboard.benchmarks.switchboard;

import java.time.Duration;

import io.switchboard.AgentContext;
import io.switchboard.AgentRef;
import io.switchboard.Behaviour;
import io.switchboard.benchmarks.works.Attack;
import org.reactivestreams.Publisher;

/**
 * An agent that crashes another one and asks it: the question waits in the mailbox for
 * the next incarnation.
 */
final class Driver implements Behaviour<Driver.Go> {

	private final AgentRef<Message> victim;

	private final Attack attack;

	Driver(AgentRef<Message> victim, Attack attack) {
		this.victim = victim;
		this.attack = attack;
	}

	@Override
	public Publisher<?> onMessage(Go message, AgentContext<Go> context) {
		this.attack.crashing();
		Sending.accepted(this.victim.tell(Message.Crash.CRASH));
		return this.victim.ask(Message.Ping.PING, Integer.class).doOnNext((id) -> recovered(context));
	}

	private void recovered(AgentContext<Go> context) {
		int wait = this.attack.recovered();
		if (wait == 0) {
			Sending.accepted(context.self().tell(Go.GO));
		}
		else if (wait != Attack.OVER) {
			context.sendAfter(Duration.ofMillis(wait), Go.GO);
		}
	}

	/**
	 * Lets it begin, and go on.
	 */
	enum Go {

		GO

	}

}
