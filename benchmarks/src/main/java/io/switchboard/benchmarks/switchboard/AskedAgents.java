package io.switchboard.benchmarks.switchboard;

import java.util.List;

import io.switchboard.AgentRef;
import io.switchboard.benchmarks.works.Answers;
import io.switchboard.benchmarks.works.Askable;
import io.switchboard.supervision.AgentSpec;
import reactor.core.publisher.Mono;

/**
 * Agents that are asked from outside, and whose answers go to one more agent.
 */
class AskedAgents implements Askable {

	final Tree tree;

	final List<AgentRef<Message>> agents;

	private int collectors;

	AskedAgents(Tree tree, List<AgentRef<Message>> agents) {
		this.tree = tree;
		this.agents = agents;
	}

	@Override
	public Asker asker(Answers answers) {
		String id = "collector-" + this.collectors++;
		AgentSpec<Message.Reply> spec = AgentSpec.builder(id, Message.Reply.class, () -> (reply, context) -> {
			answers.add(reply.due());
			return Mono.empty();
		}).mailbox(Tree.ROOMY).build();
		this.tree.start(1, (number) -> spec);
		AgentRef<Message.Reply> collector = this.tree.agent(0, id, Message.Reply.class);
		return (agent, due) -> Sending.accepted(this.agents.get(agent).tell(new Message.Ask(collector, due)));
	}

}
