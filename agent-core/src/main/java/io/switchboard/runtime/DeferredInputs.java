package io.switchboard.runtime;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

import io.switchboard.runtime.SupervisorMachine.End;
import org.jspecify.annotations.Nullable;

/**
 * What has to wait until a supervisor is done with what it does, in order.
 */
final class DeferredInputs {

	private final Deque<SupervisorInput> inputs = new ArrayDeque<>();

	void add(SupervisorInput input) {
		this.inputs.add(input);
	}

	boolean isEmpty() {
		return this.inputs.isEmpty();
	}

	SupervisorInput remove() {
		return this.inputs.remove();
	}

	List<SupervisorInput> removeAll() {
		List<SupervisorInput> all = List.copyOf(this.inputs);
		this.inputs.clear();
		return all;
	}

	/**
	 * Take out the end of a child's current life.
	 * @param child the child
	 * @return its end, or {@code null} if it has not been reported
	 */
	@Nullable End removeEnd(Child child) {
		for (Iterator<SupervisorInput> waiting = this.inputs.iterator(); waiting.hasNext();) {
			End end = SupervisorMachine.endOf(waiting.next());
			if (end != null && end.isOf(child)) {
				waiting.remove();
				return end;
			}
		}
		return null;
	}

	/**
	 * Take out the requests for whose answer a child waits.
	 * @param child the child
	 * @return the requests
	 */
	List<ChildRequest> removeRequestsBy(Child child) {
		List<ChildRequest> result = new ArrayList<>(0);
		for (Iterator<SupervisorInput> waiting = this.inputs.iterator(); waiting.hasNext();) {
			if (waiting.next() instanceof SupervisorInput.Request requested && requested.request().isBy(child)) {
				waiting.remove();
				result.add(requested.request());
			}
		}
		return result;
	}

}
