package io.switchboard.benchmarks.pekko;

import io.switchboard.benchmarks.works.Churn;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * An actor with much state, some of which it replaces at each question.
 */
final class ChurningActor {

	private ChurningActor() {
	}

	static AskedActors spawn(Actors system, int actors) {
		return new AskedActors(system, system.spawn(actors, "churn-", ChurningActor::of));
	}

	private static Behavior<Message> of(int id) {
		return Behaviors.setup((context) -> {
			Churn churn = new Churn(id);
			return Behaviors.receive(Message.class).onMessage(Message.Ask.class, (ask) -> {
				churn.turn();
				ask.replyTo().tell(new Message.Reply(ask.due()));
				return Behaviors.same();
			}).build();
		});
	}

}
