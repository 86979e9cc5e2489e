package io.switchboard.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.switchboard.supervision.Restart;
import io.switchboard.supervision.Strategy;

/**
 * Which children a restart touches.
 *
 * @param stop those to be stopped first, in this order
 * @param start those to be started then, in this order
 */
record RestartScope(List<Child> stop, List<Child> start) {

	/**
	 * Apply a strategy.
	 * @param strategy the supervisor's strategy
	 * @param children all children, in start order
	 * @param trigger the child whose end, or whose failed start, is the cause
	 * @return what to stop and what to start; temporary siblings are stopped, never
	 * started
	 */
	static RestartScope of(Strategy strategy, List<Child> children, Child trigger) {
		List<Child> touched = switch (strategy) {
			case ONE_FOR_ONE -> List.of(trigger);
			case ONE_FOR_ALL -> children;
			case REST_FOR_ONE -> children.subList(children.indexOf(trigger), children.size());
		};
		List<Child> stop = new ArrayList<>(touched);
		stop.remove(trigger);
		Collections.reverse(stop);
		// a live change may have made the trigger temporary while its restart was tried
		List<Child> start = touched.stream()
			.filter((child) -> child == trigger || child.spec.restart() != Restart.TEMPORARY)
			.toList();
		return new RestartScope(stop, start);
	}

}
