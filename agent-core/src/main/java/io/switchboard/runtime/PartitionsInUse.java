package io.switchboard.runtime;

import java.util.ArrayList;
import java.util.List;

import io.switchboard.supervision.ChildSpec;
import io.switchboard.supervision.PartitionSupervisorSpec;
import io.switchboard.supervision.SupervisorSpec;

/**
 * How many of its partitions a supervisor uses: those with the lowest numbers. Written by
 * the supervisor alone, read by senders from any thread.
 */
final class PartitionsInUse {

	private final PartitionSupervisorSpec spec;

	private volatile int count;

	PartitionsInUse(PartitionSupervisorSpec spec) {
		this.spec = spec;
		this.count = spec.children().size();
	}

	int count() {
		return this.count;
	}

	void count(int partitions) {
		this.count = partitions;
	}

	/**
	 * The supervisor as a static one, which it is but for its size.
	 * @return the specification
	 */
	SupervisorSpec supervisor() {
		return SupervisorSpec.builder(this.spec.id())
			.restart(this.spec.restart())
			.shutdown(this.spec.shutdown())
			.intensity(this.spec.intensity())
			.children(this.spec.children())
			.build();
	}

	/**
	 * Which partitions go when there are to be fewer.
	 * @param children all children
	 * @param wanted how many stay
	 * @return those to be stopped, in this order
	 */
	List<Child> beyond(Children children, int wanted) {
		List<Child> result = new ArrayList<>();
		for (int number = this.count - 1; number >= wanted; number--) {
			Child child = children.find(Integer.toString(number));
			if (child != null) {
				result.add(child);
			}
		}
		return result;
	}

	/**
	 * Which partitions come when there are to be more. A temporary one had been
	 * forgotten, and is known again from now on.
	 * @param children all children
	 * @param wanted how many there are to be
	 * @return those to be started, in this order
	 */
	List<Child> missing(Children children, int wanted) {
		List<Child> result = new ArrayList<>();
		for (ChildSpec childSpec : this.spec.children().subList(this.count, wanted)) {
			Child child = children.find(childSpec.id());
			if (child == null) {
				child = children.add(childSpec);
			}
			if (!child.isAlive()) {
				result.add(child);
			}
		}
		return result;
	}

}
