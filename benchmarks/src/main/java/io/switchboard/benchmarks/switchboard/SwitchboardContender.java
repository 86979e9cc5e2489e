package io.switchboard.benchmarks.switchboard;

import java.util.Set;

import io.switchboard.benchmarks.works.Contender;
import io.switchboard.benchmarks.works.Counters;
import io.switchboard.benchmarks.works.Pairs;
import io.switchboard.benchmarks.works.Parameters;

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

	public SwitchboardContender(Parameters parameters) {
		this.parameters = parameters;
	}

	private int parts() {
		return this.parameters.number("parts", SUPERVISORS);
	}

	private Tree tree() {
		return new Tree(parts());
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

}
