package io.switchboard.autoconfigure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.switchboard.supervision.ChildSpec;
import io.switchboard.supervision.SupervisorSpec;

/**
 * Finds names that are given twice: two agents anywhere, or two children below one
 * supervisor.
 */
final class DuplicateNames {

	private final Map<String, List<String>> agents = new LinkedHashMap<>();

	private final Map<String, List<String>> siblings = new LinkedHashMap<>();

	private DuplicateNames() {
	}

	static void check(List<SupervisorDefinition> supervisors, List<ChildDefinition> children) {
		DuplicateNames names = new DuplicateNames();
		for (SupervisorDefinition supervisor : supervisors) {
			names.addSibling(supervisor.parent(), supervisor.name(), "switchboard.supervisors." + supervisor.name());
		}
		for (ChildDefinition child : children) {
			String supervisor = child.supervisor();
			names.addSibling((supervisor != null) ? supervisor : SupervisorDefinition.ROOT, child.spec().id(),
					child.origin());
			names.addAgents(child.spec(), child.origin());
		}
		names.throwIfAny();
	}

	private void addSibling(String supervisor, String name, String origin) {
		this.siblings
			.computeIfAbsent("name '%s' below supervisor '%s'".formatted(name, supervisor), (key) -> new ArrayList<>())
			.add(origin);
	}

	private void addAgents(ChildSpec spec, String origin) {
		if (spec instanceof SupervisorSpec supervisor) {
			supervisor.children().forEach((child) -> addAgents(child, origin + ", " + supervisor));
		}
		else if (AgentDefinitions.isAgent(spec)) {
			this.agents.computeIfAbsent("agent name '%s'".formatted(spec.id()), (key) -> new ArrayList<>()).add(origin);
		}
	}

	private void throwIfAny() {
		Map<String, List<String>> duplicates = new LinkedHashMap<>();
		this.agents.forEach((what, origins) -> addIfSeveral(duplicates, what, origins));
		this.siblings.forEach((what, origins) -> {
			if (!duplicates.containsValue(origins)) {
				addIfSeveral(duplicates, what, origins);
			}
		});
		if (!duplicates.isEmpty()) {
			throw new DuplicateNameException(duplicates);
		}
	}

	private static void addIfSeveral(Map<String, List<String>> duplicates, String what, List<String> origins) {
		if (origins.size() > 1) {
			duplicates.put(what, origins);
		}
	}

}
