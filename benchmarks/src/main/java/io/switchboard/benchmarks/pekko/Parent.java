package io.switchboard.benchmarks.pekko;

import java.util.concurrent.CountDownLatch;

import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * An actor that spawns others and so supervises them.
 */
final class Parent {

	private Parent() {
	}

	/**
	 * Describe a parent.
	 * @param from the number of its first child
	 * @param to where the numbers end
	 * @param step from one number to the next
	 * @param spawn spawns a child
	 * @param spawned told when all are spawned
	 * @return what to spawn
	 */
	static Behavior<Void> of(int from, int to, int step, Spawn spawn, CountDownLatch spawned) {
		return Behaviors.setup((context) -> {
			for (int number = from; number < to; number += step) {
				spawn.child(context, number);
			}
			spawned.countDown();
			return Behaviors.empty();
		});
	}

	/**
	 * Spawns one child.
	 */
	@FunctionalInterface
	interface Spawn {

		void child(ActorContext<Void> parent, int number);

	}

}
