package io.switchboard.ai.fanout;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.switchboard.AgentPath;
import reactor.util.context.ContextView;

/**
 * Which agents wait for an answer, each as a tool of the one before. It travels in
 * Reactor's context, from the question to the handler and its tools.
 *
 * @param agents the agents, the first to ask first
 */
record SubAgentChain(List<AgentPath> agents) {

	private static final SubAgentChain NONE = new SubAgentChain(List.of());

	SubAgentChain {
		agents = List.copyOf(agents);
	}

	static SubAgentChain of(ContextView context) {
		SubAgentChain known = context.getOrDefault(SubAgentChain.class, null);
		return (known != null) ? known : NONE;
	}

	SubAgentChain with(AgentPath agent) {
		return new SubAgentChain(Stream.concat(this.agents.stream(), Stream.of(agent)).toList());
	}

	int depth() {
		return this.agents.size();
	}

	@Override
	public String toString() {
		return this.agents.stream().map(AgentPath::toString).collect(Collectors.joining(" asks "));
	}

}
