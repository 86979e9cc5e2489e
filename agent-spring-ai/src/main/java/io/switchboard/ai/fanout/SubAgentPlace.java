package io.switchboard.ai.fanout;

import java.util.function.Function;

import io.switchboard.AgentPath;
import io.switchboard.ai.tool.ToolCaller;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.runtime.ChildOperationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Where the agent behind a tool lives.
 */
sealed interface SubAgentPlace {

	/**
	 * Choose the agent for a call.
	 * @param caller who calls
	 * @param id of the call
	 * @return the agent's path
	 */
	AgentPath agent(ToolCaller caller, String id);

	/**
	 * Tidy up after a call, on subscription.
	 * @param agent the agent that was asked
	 * @param system the system it lives in
	 * @return completes when that is done
	 */
	default Mono<Void> release(AgentPath agent, AgentSystem system) {
		return Mono.empty();
	}

	/**
	 * One agent for all calls.
	 *
	 * @param path where it lives
	 */
	record Fixed(AgentPath path) implements SubAgentPlace {

		@Override
		public AgentPath agent(ToolCaller caller, String id) {
			return this.path;
		}

	}

	/**
	 * One agent for all calls with the same key.
	 *
	 * @param supervisor the dynamic supervisor that starts them
	 * @param key chooses the key
	 */
	record Keyed(AgentPath supervisor, Function<ToolCaller, String> key) implements SubAgentPlace {

		@Override
		public AgentPath agent(ToolCaller caller, String id) {
			return this.supervisor.child(this.key.apply(caller));
		}

	}

	/**
	 * One agent a call, which ends with it.
	 *
	 * @param supervisor the dynamic supervisor that starts them
	 * @param label what their names begin with
	 * @param forget deletes what an agent leaves behind
	 */
	record Fresh(AgentPath supervisor, String label,
			Function<AgentPath, ? extends Mono<Void>> forget) implements SubAgentPlace {

		private static final Logger logger = LoggerFactory.getLogger(SubAgentTool.class);

		@Override
		public AgentPath agent(ToolCaller caller, String id) {
			return this.supervisor.child(this.label + "-" + id);
		}

		@Override
		public Mono<Void> release(AgentPath agent, AgentSystem system) {
			// It may be gone already, or was never started
			return system.supervisor(this.supervisor)
				.terminateChild(agent.name())
				.onErrorResume(ChildOperationException.class, (ex) -> Mono.empty())
				.then(Mono.defer(() -> this.forget.apply(agent)))
				.onErrorResume((ex) -> {
					// the answer is there, and counts for more
					logger.warn("Not tidied up after a call: agent={}", agent, ex);
					return Mono.empty();
				});
		}

	}

}
