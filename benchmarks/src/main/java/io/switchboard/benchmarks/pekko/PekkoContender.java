package io.switchboard.benchmarks.pekko;

import java.util.Set;
import java.util.concurrent.CountDownLatch;

import io.switchboard.benchmarks.works.Contender;
import io.switchboard.benchmarks.works.Counters;
import io.switchboard.benchmarks.works.Pairs;
import io.switchboard.benchmarks.works.Parameters;

/**
 * Apache Pekko with its default dispatcher.
 */
public final class PekkoContender implements Contender {

	/**
	 * What can be told beside the works' own parameters: the number of parents, the tick
	 * of the timers in milliseconds, and how something is done of which there are several
	 * ways.
	 */
	public static final Set<String> PARAMETERS = Set.of("parts", "tick", "mode");

	private static final int PARENTS = 4;

	private static final int DEFAULT_TICK = 10;

	private final Parameters parameters;

	public PekkoContender(Parameters parameters) {
		this.parameters = parameters;
	}

	private Actors actors(int parents) {
		return new Actors(this.parameters.number("parts", parents), this.parameters.number("tick", DEFAULT_TICK));
	}

	@Override
	public Object spawn(int agents) {
		CountDownLatch started = new CountDownLatch(agents);
		Actors actors = actors(PARENTS);
		actors.spawn(agents,
				(parent, number) -> parent.spawn(PlainActor.supervised(number, started), "agent-" + number));
		Actors.await(started);
		return actors;
	}

	@Override
	public Pairs pairs(int pairs) {
		return new PekkoPairs(actors(PARENTS), pairs, this.parameters.choice("mode", "call", "raw").equals("call"));
	}

	@Override
	public Counters counters(int agents) {
		return new PekkoCounters(actors(PARENTS), agents);
	}

}
