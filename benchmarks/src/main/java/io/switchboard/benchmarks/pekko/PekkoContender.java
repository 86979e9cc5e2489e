package io.switchboard.benchmarks.pekko;

import java.util.Set;
import java.util.concurrent.CountDownLatch;

import io.switchboard.benchmarks.works.Askable;
import io.switchboard.benchmarks.works.Contender;
import io.switchboard.benchmarks.works.Counters;
import io.switchboard.benchmarks.works.Crowd;
import io.switchboard.benchmarks.works.Deliveries;
import io.switchboard.benchmarks.works.Pairs;
import io.switchboard.benchmarks.works.Parameters;
import io.switchboard.benchmarks.works.Script;
import io.switchboard.benchmarks.works.Sessions;
import org.jspecify.annotations.Nullable;

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

	private static final int MANY_PARENTS = 16;

	private static final int DEFAULT_TICK = 10;

	private final Parameters parameters;

	private @Nullable Actors actors;

	private int rounds;

	public PekkoContender(Parameters parameters) {
		this.parameters = parameters;
	}

	private Actors actors(int parents) {
		Actors running = this.actors;
		if (running == null) {
			running = new Actors(this.parameters.number("parts", parents),
					this.parameters.number("tick", DEFAULT_TICK));
			this.actors = running;
		}
		return running;
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

	@Override
	public Crowd crowd(int agents) {
		return new PekkoCrowd(actors(MANY_PARENTS), agents);
	}

	@Override
	public Sessions sessions(int sessions, Script script, Deliveries deliveries) {
		return new PekkoSessions(actors(1), "round-" + this.rounds++ + "-", sessions, script, deliveries);
	}

	@Override
	public Askable churning(int agents) {
		return ChurningActor.spawn(actors(1), agents);
	}

}
