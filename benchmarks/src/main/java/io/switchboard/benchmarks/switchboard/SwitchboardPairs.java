package io.switchboard.benchmarks.switchboard;

import java.util.List;
import java.util.concurrent.CountDownLatch;

import io.switchboard.AgentRef;
import io.switchboard.benchmarks.measurement.Samples;
import io.switchboard.benchmarks.works.Client;
import io.switchboard.benchmarks.works.Pairs;
import io.switchboard.supervision.AgentSpec;

/**
 * Agents that are asked by other agents, in one of two ways.
 */
final class SwitchboardPairs implements Pairs {

	private final Tree tree;

	private final List<AgentRef<Message>> servers;

	private final boolean call;

	private int round;

	SwitchboardPairs(Tree tree, int pairs, boolean call) {
		this.tree = tree;
		this.servers = tree.plainAgents(pairs);
		this.call = call;
	}

	@Override
	public Runnable clients(int asks, Samples[] latencies, CountDownLatch done) {
		String name = "client-" + this.round++ + "-";
		this.tree.start(this.servers.size(), (i) -> client(name + i, this.servers.get(i)));
		return () -> {
			for (int i = 0; i < this.servers.size(); i++) {
				Client client = new Client(asks, latencies[i], done);
				Sending.accepted(this.tree.agent(i, name + i, Object.class).tell(client));
			}
		};
	}

	private AgentSpec<?> client(String id, AgentRef<Message> server) {
		return this.call ? AgentSpec.builder(id, Client.class, () -> new CallingClient(server)).build()
				: AgentSpec.builder(id, Object.class, () -> new TellingClient(server)).build();
	}

}
