package io.switchboard.benchmarks.switchboard;

import java.util.Set;

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
 * This runtime.
 */
public final class SwitchboardContender implements Contender {

	/**
	 * What can be told beside the works' own parameters: the number of supervisors, and
	 * how something is done of which there are several ways.
	 */
	public static final Set<String> PARAMETERS = Set.of("parts", "mode");

	private static final int SUPERVISORS = 16;

	private final Parameters parameters;

	private @Nullable Tree tree;

	private int rounds;

	public SwitchboardContender(Parameters parameters) {
		this.parameters = parameters;
	}

	private int parts() {
		return this.parameters.number("parts", SUPERVISORS);
	}

	private Tree tree() {
		Tree running = this.tree;
		if (running == null) {
			running = new Tree(parts());
			this.tree = running;
		}
		return running;
	}

	@Override
	public Object spawn(int agents) {
		if (this.parameters.choice("mode", "dynamic", "static").equals("static")) {
			return StaticTree.start(agents, parts());
		}
		Tree tree = tree();
		tree.start(agents, PlainAgents::usual);
		return tree;
	}

	@Override
	public Pairs pairs(int pairs) {
		return new SwitchboardPairs(tree(), pairs, this.parameters.choice("mode", "call", "raw").equals("call"));
	}

	@Override
	public Counters counters(int agents) {
		return new SwitchboardCounters(tree(), agents);
	}

	@Override
	public Crowd crowd(int agents) {
		return new SwitchboardCrowd(tree(), agents);
	}

	@Override
	public Sessions sessions(int sessions, Script script, Deliveries deliveries) {
		String name = "round-" + this.rounds++ + "-";
		return this.parameters.choice("mode", "timers", "stream").equals("timers")
				? new TimedSessions(tree(), name, sessions, script, deliveries)
				: new StreamedSessions(tree(), name, sessions, script, deliveries);
	}

	@Override
	public Askable churning(int agents) {
		return ChurningAgent.start(tree(), agents);
	}

}
