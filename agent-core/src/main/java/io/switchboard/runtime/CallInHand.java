package io.switchboard.runtime;

import io.switchboard.AgentPath;
import io.switchboard.Handling;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * A call of a behaviour's method as its publisher's context knows it. Connections and
 * others that outlive the call keep contexts, so it lets go of the call when that is
 * over.
 */
final class CallInHand implements Handling {

	private final AgentPath path;

	private volatile @Nullable HandlerRun call;

	CallInHand(AgentPath path, HandlerRun call) {
		this.path = path;
		this.call = call;
	}

	/**
	 * The call within which something is subscribed.
	 * @param context the subscriber's context
	 * @return the call, or {@code null} if there is none or it is over
	 */
	static @Nullable HandlerRun of(ContextView context) {
		Handling handling = context.getOrDefault(KEY, null);
		HandlerRun call = (handling instanceof CallInHand known) ? known.call : null;
		return (call != null && !call.isOver()) ? call : null;
	}

	/**
	 * The agent within whose call something is subscribed, also if that is over.
	 * @param context the subscriber's context
	 * @return the agent's path, or {@code null} if there is none
	 */
	static @Nullable AgentPath agentOf(ContextView context) {
		Handling handling = context.getOrDefault(KEY, null);
		return (handling instanceof CallInHand known) ? known.path : null;
	}

	@Override
	public boolean isHeard() {
		HandlerRun known = this.call;
		return known != null && !known.isOver();
	}

	void over() {
		this.call = null;
	}

}
