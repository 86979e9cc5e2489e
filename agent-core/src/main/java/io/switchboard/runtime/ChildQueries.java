package io.switchboard.runtime;

import java.util.List;

import io.switchboard.supervision.NodeType;
import io.switchboard.tree.ChildCounts;
import io.switchboard.tree.ChildInfo;
import io.switchboard.tree.NodeStatus;

/**
 * What a supervisor says about its children to those who ask.
 */
final class ChildQueries {

	private ChildQueries() {
	}

	static List<ChildInfo> list(Children children) {
		return children.inOrder().stream().map(ChildQueries::describe).toList();
	}

	static ChildCounts count(Children children) {
		int active = 0;
		int workers = 0;
		for (Child child : children.unordered()) {
			active += describe(child).isActive() ? 1 : 0;
			workers += (child.spec.type() == NodeType.AGENT) ? 1 : 0;
		}
		return new ChildCounts(children.size(), active, children.size() - workers, workers);
	}

	/**
	 * Describe a child. A restart that is under way has no process yet that anybody could
	 * use, so it shows as restarting until it has succeeded.
	 * @param child the child
	 * @return the description
	 */
	static ChildInfo describe(Child child) {
		boolean restarting = child.status == NodeStatus.STARTING && child.isAutomatic();
		return new ChildInfo(child.id(), child.spec.type(), restarting ? NodeStatus.RESTARTING : child.status,
				child.incarnation);
	}

}
