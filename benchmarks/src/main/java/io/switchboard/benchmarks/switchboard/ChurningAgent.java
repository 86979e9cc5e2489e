package io.switchboard.benchmarks.switchboard;

import java.util.List;
import java.util.stream.IntStream;

import io.switchboard.AgentContext;
import io.switchboard.AgentRef;
import io.switchboard.Behaviour;
import io.switchboard.benchmarks.works.Churn;
import io.switchboard.supervision.AgentSpec;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * An agent with much state, some of which it replaces at each question.
 */
final class ChurningAgent implements Behaviour<Message> {

	private final Churn churn;

	private ChurningAgent(int id) {
		this.churn = new Churn(id);
	}

	static AskedAgents start(Tree tree, int agents) {
		tree.start(agents, ChurningAgent::spec);
		List<AgentRef<Message>> refs = IntStream.range(0, agents)
			.mapToObj((i) -> tree.agent(i, id(i), Message.class))
			.toList();
		return new AskedAgents(tree, refs);
	}

	private static AgentSpec<Message> spec(int number) {
		return AgentSpec.builder(id(number), Message.class, () -> new ChurningAgent(number))
			.registeredAs(id(number))
			.mailbox(Tree.ROOMY)
			.build();
	}

	private static String id(int number) {
		return "churn-" + number;
	}

	@Override
	public Publisher<?> onMessage(Message message, AgentContext<Message> context) {
		if (message instanceof Message.Ask ask) {
			this.churn.turn();
			Sending.accepted(ask.replyTo().tell(new Message.Reply(ask.due())));
		}
		return Mono.empty();
	}

}
