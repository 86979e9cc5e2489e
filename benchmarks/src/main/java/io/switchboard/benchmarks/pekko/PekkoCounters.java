package io.switchboard.benchmarks.pekko;

import java.util.List;
import java.util.concurrent.CountDownLatch;

import io.switchboard.benchmarks.works.Counters;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Actors that count what they are told.
 */
final class PekkoCounters implements Counters {

	private final List<ActorRef<Message>> actors;

	PekkoCounters(Actors actors, int counters) {
		this.actors = actors.plainActors(counters);
	}

	@Override
	public void expect(int each, CountDownLatch done) {
		for (ActorRef<Message> actor : this.actors) {
			actor.tell(new Message.Count(each, done));
		}
	}

	@Override
	public void tell(int actor) {
		this.actors.get(actor).tell(Message.Tick.TICK);
	}

}
