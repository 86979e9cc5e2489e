package io.switchboard.autoconfigure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.switchboard.supervision.ChildSpec;
import io.switchboard.supervision.SupervisorSpec;
import org.jspecify.annotations.Nullable;

/**
 * Makes one tree of supervisors and children that name what is above them.
 * <p>
 * Below each supervisor come first the children that others need, then the supervisors,
 * then the other children, each in the order given. That is the order they are started
 * in.
 */
final class TreePlanner {

	private final SupervisorDefinition root;

	private final Map<String, SupervisorDefinition> supervisors = new LinkedHashMap<>();

	private final List<ChildDefinition> prerequisites;

	private final List<ChildDefinition> children;

	private TreePlanner(SupervisorDefinition root, List<ChildDefinition> prerequisites,
			List<SupervisorDefinition> supervisors, List<ChildDefinition> children) {
		this.root = root;
		this.prerequisites = prerequisites;
		supervisors.forEach((supervisor) -> this.supervisors.put(supervisor.name(), supervisor));
		this.children = children;
	}

	/**
	 * Plan a tree.
	 * @param root the root, named {@link SupervisorDefinition#ROOT}
	 * @param prerequisites children that the others need
	 * @param supervisors the other supervisors, each name once
	 * @param children the children
	 * @return the root's specification, with all others inside
	 */
	static SupervisorSpec plan(SupervisorDefinition root, List<ChildDefinition> prerequisites,
			List<SupervisorDefinition> supervisors, List<ChildDefinition> children) {
		TreePlanner planner = new TreePlanner(root, prerequisites, supervisors, children);
		planner.checkParentsAreKnown();
		planner.checkParentsLeadToTheRoot();
		List<ChildDefinition> all = new ArrayList<>(prerequisites);
		all.addAll(children);
		DuplicateNames.check(supervisors, all);
		return planner.specify(root);
	}

	private SupervisorSpec specify(SupervisorDefinition supervisor) {
		List<ChildSpec> below = new ArrayList<>(specify(supervisor, this.prerequisites));
		this.supervisors.values()
			.stream()
			.filter((child) -> isBelow(supervisor, child.parent()))
			.forEach((child) -> below.add(specify(child)));
		below.addAll(specify(supervisor, this.children));
		return supervisor.specify(below);
	}

	private static List<ChildSpec> specify(SupervisorDefinition supervisor, List<ChildDefinition> children) {
		return children.stream()
			.filter((child) -> isBelow(supervisor, child.supervisor()))
			.map(ChildDefinition::spec)
			.toList();
	}

	private static boolean isBelow(SupervisorDefinition supervisor, @Nullable String parent) {
		return supervisor.name().equals((parent != null) ? parent : SupervisorDefinition.ROOT);
	}

	private void checkParentsAreKnown() {
		List<UnknownSupervisorException.Reference> unknown = new ArrayList<>();
		this.supervisors.forEach((name, supervisor) -> {
			if (!isKnown(supervisor.parent())) {
				unknown.add(new UnknownSupervisorException.Reference(
						"switchboard.supervisors.%s.parent".formatted(name), supervisor.parent()));
			}
		});
		List<ChildDefinition> all = new ArrayList<>(this.prerequisites);
		all.addAll(this.children);
		for (ChildDefinition child : all) {
			String supervisor = child.supervisor();
			if (supervisor != null && !isKnown(supervisor)) {
				unknown.add(new UnknownSupervisorException.Reference(child.origin(), supervisor));
			}
		}
		if (!unknown.isEmpty()) {
			throw new UnknownSupervisorException(unknown, this.supervisors.keySet());
		}
	}

	private boolean isKnown(String name) {
		return name.equals(this.root.name()) || this.supervisors.containsKey(name);
	}

	private void checkParentsLeadToTheRoot() {
		Set<String> cleared = new LinkedHashSet<>();
		List<List<String>> cycles = new ArrayList<>();
		for (String start : this.supervisors.keySet()) {
			List<String> way = new ArrayList<>();
			String name = start;
			while (!name.equals(this.root.name()) && !cleared.contains(name) && !way.contains(name)) {
				way.add(name);
				name = parentOf(name);
			}
			if (way.contains(name)) {
				List<String> cycle = new ArrayList<>(way.subList(way.indexOf(name), way.size()));
				cycle.add(name);
				cycles.add(cycle);
			}
			cleared.addAll(way);
		}
		if (!cycles.isEmpty()) {
			throw new SupervisorCycleException(cycles);
		}
	}

	private String parentOf(String name) {
		SupervisorDefinition supervisor = this.supervisors.get(name);
		return (supervisor != null) ? supervisor.parent() : this.root.name();
	}

}
