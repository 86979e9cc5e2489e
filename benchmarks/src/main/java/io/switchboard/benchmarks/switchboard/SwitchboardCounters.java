package io.switchboard.benchmarks.switchboard;

import java.util.List;
import java.util.concurrent.CountDownLatch;

import io.switchboard.AgentRef;
import io.switchboard.benchmarks.works.Counters;

/**
 * Agents that count what they are told.
 */
final class SwitchboardCounters implements Counters {

	private final List<AgentRef<Message>> agents;

	SwitchboardCounters(Tree tree, int agents) {
		this.agents = tree.plainAgents(agents);
	}

	@Override
	public void expect(int each, CountDownLatch done) {
		for (AgentRef<Message> agent : this.agents) {
			Sending.accepted(agent.tell(new Message.Count(each, done)));
		}
	}

	@Override
	public void tell(int agent) {
		Sending.accepted(this.agents.get(agent).tell(Message.Tick.TICK));
	}

}
