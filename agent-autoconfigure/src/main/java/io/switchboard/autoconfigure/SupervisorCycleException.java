package io.switchboard.autoconfigure;

import java.util.List;
import java.util.stream.Collectors;

import io.switchboard.autoconfigure.diagnostics.AgentSetupException;

/**
 * Supervisors that are above each other, so that none of them hangs below the root.
 */
final class SupervisorCycleException extends AgentSetupException {

	private static final long serialVersionUID = 1L;

	SupervisorCycleException(List<List<String>> cycles) {
		super("Supervisors are above each other, and so never below the root:%n%n%s".formatted(cycles.stream()
			.map((cycle) -> "    - "
					+ cycle.stream().map((name) -> "'" + name + "'").collect(Collectors.joining(" is below ")))
			.collect(Collectors.joining(System.lineSeparator()))),
				"Change 'switchboard.supervisors.<name>.parent' of one supervisor of each circle, for example%n%n    switchboard.supervisors.%s.parent: /"
					.formatted(cycles.get(0).get(0)));
	}

}
