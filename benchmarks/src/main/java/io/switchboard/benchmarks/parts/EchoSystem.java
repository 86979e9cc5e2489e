package io.switchboard.benchmarks.parts;

import io.switchboard.AgentPath;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.runtime.StartedChild;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.SupervisorSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A running system of agents that answer with what they are asked.
 */
final class EchoSystem {

	private static final AgentPath SUPERVISOR = AgentPath.of("/echoes");

	private final AgentSystem system = AgentSystem
		.builder(SupervisorSpec.builder("root").child(DynamicSupervisorSpec.builder(SUPERVISOR.name()).build()).build())
		.build();

	EchoSystem(int agents) {
		this.system.start().then(Flux.range(0, agents).flatMap((i) -> startAgent("echo-" + i)).then()).block();
	}

	Mono<StartedChild> startAgent(String id) {
		return this.system.supervisor(SUPERVISOR)
			.startChild(AgentSpec.builder(id, Integer.class, () -> (message, context) -> Mono.just(message)).build());
	}

	Mono<Void> stopAgent(String id) {
		return this.system.supervisor(SUPERVISOR).terminateChild(id);
	}

	AgentPath path(String id) {
		return SUPERVISOR.child(id);
	}

	AgentSystem running() {
		return this.system;
	}

	void stop() {
		this.system.stop().block();
	}

}
