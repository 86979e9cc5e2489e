package io.switchboard;

import java.util.List;

import reactor.util.context.ContextView;

/**
 * Who asked for a task, seen from inside it: the agents and tasks that wait for it, from
 * the nearest to the first. It is in the Reactor context of the task's work; read it with
 * {@link #of(ContextView)}.
 * <p>
 * Not part of it is who is not known: code of the application that is not inside an agent
 * or a task.
 *
 * @param paths the callers, the nearest first; empty if the application called
 * @since 0.1.0
 */
public record Callers(List<AgentPath> paths) {

	private static final Callers NONE = new Callers(List.of());

	public Callers {
		paths = List.copyOf(paths);
	}

	/**
	 * Read who called, within {@code deferContextual} of a task's work.
	 * @param context the context
	 * @return the callers, none outside of a task
	 */
	public static Callers of(ContextView context) {
		Callers known = context.getOrDefault(Callers.class, null);
		return (known != null) ? known : NONE;
	}

}
