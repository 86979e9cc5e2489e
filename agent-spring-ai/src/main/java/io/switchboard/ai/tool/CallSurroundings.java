package io.switchboard.ai.tool;

import java.util.concurrent.Callable;

import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import reactor.util.context.ContextView;

import org.springframework.ai.model.tool.internal.ToolCallReactiveContextHolder;

/**
 * What code around a turn has put into Reactor's context, given to tools in the thread's
 * variables: who the user is, the span, what log lines are marked with.
 */
final class CallSurroundings {

	private static final ContextSnapshotFactory SNAPSHOTS = ContextSnapshotFactory.builder().clearMissing(true).build();

	private final ContextView context;

	private final ContextSnapshot snapshot;

	CallSurroundings(ContextView context) {
		this.context = context;
		this.snapshot = SNAPSHOTS.captureFrom(context);
	}

	/**
	 * Run code with the variables set, and take them away again.
	 * @param code the code
	 * @param <T> the type of its result
	 * @return its result
	 * @throws Exception what it threw
	 */
	<T> T around(Callable<T> code) throws Exception {
		// MCP clients' tools look here
		ToolCallReactiveContextHolder.setContext(this.context);
		try {
			return this.snapshot.wrap(code).call();
		}
		finally {
			ToolCallReactiveContextHolder.clearContext();
		}
	}

}
