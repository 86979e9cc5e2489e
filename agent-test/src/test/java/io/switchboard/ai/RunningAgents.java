package io.switchboard.ai;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

import io.switchboard.AgentPath;
import io.switchboard.AgentRef;
import io.switchboard.ai.turn.TurnEvent;
import io.switchboard.ai.turn.TurnRequest;
import io.switchboard.event.AgentEvent;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.supervision.ChildSpec;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.tree.AgentNode;

import org.springframework.ai.chat.messages.Message;

/**
 * A started system of agents for tests, on the runtime's own threads.
 */
final class RunningAgents implements AutoCloseable {

	static final Duration LIMIT = Duration.ofSeconds(60);

	private final List<AgentEvent> events = new CopyOnWriteArrayList<>();

	private final AgentSystem system;

	private int turns;

	RunningAgents(ChildSpec... children) {
		this.system = AgentSystem.builder(SupervisorSpec.builder("root").children(List.of(children)).build())
			.listener(this.events::add)
			.build();
		this.system.start().block(LIMIT);
	}

	AgentRef<TurnRequest> agent(String path) {
		return this.system.agent(path, TurnRequest.class);
	}

	/**
	 * Run a turn to its end.
	 * @param path the agent
	 * @param input what the user says
	 * @return all its events
	 */
	List<TurnEvent> turn(String path, String input) {
		return agent(path).stream(request(input), TurnEvent.class).collectList().blockOptional(LIMIT).orElseThrow();
	}

	TurnEvent ask(String path, String input) {
		return agent(path).ask(request(input), TurnEvent.class, LIMIT).blockOptional(LIMIT).orElseThrow();
	}

	TurnRequest request(String input) {
		return new TurnRequest("t" + ++this.turns, input);
	}

	long incarnation(String path) {
		return ((AgentNode) Objects.requireNonNull(this.system.tree().find(AgentPath.of(path)))).incarnation();
	}

	List<AgentEvent> events() {
		return this.events;
	}

	static List<String> said(Conversations conversations, String path) {
		return conversations.transcript(AgentPath.of(path))
			.blockOptional(LIMIT)
			.orElseThrow()
			.stream()
			.map(Message::getText)
			.toList();
	}

	@Override
	public void close() {
		this.system.stop().block(LIMIT);
	}

}
