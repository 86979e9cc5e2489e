package io.switchboard.benchmarks.pekko;

import java.util.List;

import io.switchboard.benchmarks.works.Attack;
import io.switchboard.benchmarks.works.Crowd;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Plain actors of which some misbehave.
 */
final class PekkoCrowd extends AskedActors implements Crowd {

	private int rounds;

	PekkoCrowd(Actors system, int actors) {
		super(system, system.plainActors(actors));
	}

	@Override
	public void attack(int first, List<Attack> attacks) {
		List<ActorRef<Object>> drivers = this.system.spawn(attacks.size(), "driver-" + this.rounds++ + "-",
				(i) -> Driver.of(this.actors.get(first + i), attacks.get(i)));
		drivers.forEach((driver) -> driver.tell(Go.GO));
	}

	@Override
	public void occupy(int actor, long until) {
		this.actors.get(actor).tell(new Message.Hog(until));
	}

}
