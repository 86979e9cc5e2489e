package io.switchboard.runtime;

import java.util.ArrayList;
import java.util.List;

import io.switchboard.AgentPath;
import io.switchboard.Callers;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Finds out who waits for a task that is about to begin.
 */
final class TaskCallers {

	private TaskCallers() {
	}

	/**
	 * Add the callers to what the caller's subscriber carries along.
	 * @param caller the caller's context
	 * @param agent the agent that the task was begun by, or {@code null} if none is known
	 * @return the context for the task
	 */
	static Context addTo(ContextView caller, @Nullable AgentPath agent) {
		List<AgentPath> paths = new ArrayList<>();
		ContextView outermost = caller;
		HandlerRun run = CallInHand.of(caller);
		if (run == null && agent != null) {
			paths.add(agent);
		}
		while (run != null) {
			paths.add(run.path());
			outermost = run.askerContext();
			run = CallInHand.of(outermost);
		}
		// one of them may have been begun by an agent outside of its handlers
		paths.addAll(Callers.of(outermost).paths());
		return Context.of(caller).put(Callers.class, new Callers(paths));
	}

}
