package io.switchboard.benchmarks.switchboard;

import io.switchboard.supervision.AgentSpec;

/**
 * Specifies plain agents, each registered by its name.
 */
final class PlainAgents {

	private PlainAgents() {
	}

	static String id(int number) {
		return "agent-" + number;
	}

	static AgentSpec<Message> usual(int number) {
		return builder(number).build();
	}

	static AgentSpec<Message> roomy(int number) {
		return builder(number).mailbox(Tree.ROOMY).build();
	}

	private static AgentSpec.Builder<Message> builder(int number) {
		String id = id(number);
		return AgentSpec.builder(id, Message.class, () -> new PlainAgent(number)).registeredAs(id);
	}

}
