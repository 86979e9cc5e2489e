package io.switchboard.benchmarks.pekko;

import java.util.List;

import io.switchboard.benchmarks.works.Answers;
import io.switchboard.benchmarks.works.Askable;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Actors that are asked from outside, and whose answers go to one more actor.
 */
class AskedActors implements Askable {

	final Actors system;

	final List<ActorRef<Message>> actors;

	private int collectors;

	AskedActors(Actors system, List<ActorRef<Message>> actors) {
		this.system = system;
		this.actors = actors;
	}

	@Override
	public Asker asker(Answers answers) {
		ActorRef<Message.Reply> collector = this.system.spawn(Behaviors.receiveMessage((reply) -> {
			answers.add(reply.due());
			return Behaviors.same();
		}), "collector-" + this.collectors++);
		return (actor, due) -> this.actors.get(actor).tell(new Message.Ask(collector, due));
	}

}
