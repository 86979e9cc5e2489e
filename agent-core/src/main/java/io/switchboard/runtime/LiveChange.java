package io.switchboard.runtime;

import java.util.List;

import io.switchboard.supervision.ChildSpec;
import org.jspecify.annotations.Nullable;

/**
 * Changes what a static supervisor is made of while it runs, by the rules of OTP's
 * {@code code_change}: changed specifications replace the old ones and touch nobody who
 * is up, new ones are added and not started, and omitted children stay, behind the
 * others.
 */
final class LiveChange {

	private LiveChange() {
	}

	/**
	 * Find a child that would become something else.
	 * @param children the children
	 * @param specs what they are to become
	 * @return the child, or {@code null} if the change is possible
	 */
	static @Nullable Child misfit(Children children, List<ChildSpec> specs) {
		for (ChildSpec spec : specs) {
			Child known = children.find(spec.id());
			if (known != null && known.spec.type() != spec.type()) {
				return known;
			}
		}
		return null;
	}

	/**
	 * Change the children.
	 * @param children the children
	 * @param specs what they are to become, in start order
	 * @return those that are new
	 */
	static List<Child> apply(Children children, List<ChildSpec> specs) {
		List<Child> before = children.inOrder();
		List<Child> added = specs.stream()
			.filter((spec) -> children.find(spec.id()) == null)
			.map(children::add)
			.toList();
		for (ChildSpec spec : specs) {
			Child child = children.find(spec.id());
			if (child != null) {
				child.spec = spec;
				children.moveToEnd(child);
			}
		}
		before.stream()
			.filter((child) -> specs.stream().noneMatch((spec) -> spec.id().equals(child.id())))
			.forEach(children::moveToEnd);
		return added;
	}

}
