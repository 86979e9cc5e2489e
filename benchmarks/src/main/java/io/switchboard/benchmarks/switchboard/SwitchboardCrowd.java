package io.switchboard.benchmarks.switchboard;

import java.util.List;

import io.switchboard.benchmarks.works.Attack;
import io.switchboard.benchmarks.works.Crowd;
import io.switchboard.supervision.AgentSpec;

/**
 * Plain agents of which some misbehave.
 */
final class SwitchboardCrowd extends AskedAgents implements Crowd {

	private int rounds;

	SwitchboardCrowd(Tree tree, int agents) {
		super(tree, tree.plainAgents(agents));
	}

	@Override
	public void attack(int first, List<Attack> attacks) {
		String name = "driver-" + this.rounds++ + "-";
		this.tree.start(attacks.size(),
				(i) -> AgentSpec
					.builder(name + i, Driver.Go.class, () -> new Driver(this.agents.get(first + i), attacks.get(i)))
					.build());
		for (int i = 0; i < attacks.size(); i++) {
			Sending.accepted(this.tree.agent(i, name + i, Driver.Go.class).tell(Driver.Go.GO));
		}
	}

	@Override
	public void occupy(int agent, long until) {
		Sending.accepted(this.agents.get(agent).tell(new Message.Hog(until)));
	}

}
