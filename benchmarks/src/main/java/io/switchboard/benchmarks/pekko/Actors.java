package io.switchboard.benchmarks.pekko;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.switchboard.benchmarks.works.Abort;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * A running actor system, with parents among which the actors are divided.
 */
final class Actors {

	private final ActorSystem<Void> system;

	private final int parts;

	private int groups;

	Actors(int parts, int tickMillis) {
		Config config = ConfigFactory.parseString("""
				pekko {
				  loglevel = OFF
				  stdout-loglevel = OFF
				  log-dead-letters = off
				  jvm-shutdown-hooks = off
				  coordinated-shutdown.run-by-jvm-shutdown-hook = off
				  scheduler.tick-duration = %dms
				}
				""".formatted(tickMillis));
		this.system = ActorSystem.create(Behaviors.empty(), "works", config.withFallback(ConfigFactory.load()));
		this.parts = parts;
	}

	ActorSystem<Void> system() {
		return this.system;
	}

	/**
	 * Spawn one actor that has no parent here.
	 * @param behaviour describes it
	 * @param name its name
	 * @param <T> what it understands
	 * @return its reference
	 */
	<T> ActorRef<T> spawn(Behavior<T> behaviour, String name) {
		return this.system.systemActorOf(behaviour, name, Props.empty());
	}

	/**
	 * Spawn actors below new parents.
	 * @param actors how many
	 * @param spawn spawns one
	 */
	void spawn(int actors, Parent.Spawn spawn) {
		CountDownLatch spawned = new CountDownLatch(this.parts);
		String name = "group-" + this.groups++ + "-part-";
		for (int part = 0; part < this.parts; part++) {
			spawn(Parent.of(part, actors, this.parts, spawn, spawned), name + part);
		}
		await(spawned);
	}

	/**
	 * Spawn actors below new parents and keep their references.
	 * @param actors how many
	 * @param name names them
	 * @param behaviour describes one
	 * @param <T> what they understand
	 * @return their references, in order
	 */
	<T> List<ActorRef<T>> spawn(int actors, String name, IntFunction<Behavior<T>> behaviour) {
		AtomicReferenceArray<ActorRef<T>> refs = new AtomicReferenceArray<>(actors);
		spawn(actors, (parent, number) -> refs.set(number, parent.spawn(behaviour.apply(number), name + number)));
		return IntStream.range(0, actors).mapToObj(refs::get).toList();
	}

	/**
	 * Spawn plain actors and wait until all are up.
	 * @param actors how many
	 * @return their references, in order
	 */
	List<ActorRef<Message>> plainActors(int actors) {
		CountDownLatch started = new CountDownLatch(actors);
		List<ActorRef<Message>> refs = spawn(actors, "agent-", (i) -> PlainActor.supervised(i, started));
		await(started);
		return refs;
	}

	static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Abort.because(ex);
		}
	}

}
