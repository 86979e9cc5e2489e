package io.switchboard.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.switchboard.autoconfigure.diagnostics.AgentSetupException;

/**
 * A name that must be unique was given twice.
 */
final class DuplicateNameException extends AgentSetupException {

	private static final long serialVersionUID = 1L;

	/**
	 * Report the names.
	 * @param duplicates what was given twice, and where
	 */
	DuplicateNameException(Map<String, List<String>> duplicates) {
		super("A name is given twice:%n%n%s".formatted(duplicates.entrySet()
			.stream()
			.map((entry) -> "    - The %s is used by %s".formatted(entry.getKey(),
					entry.getValue().stream().map((origin) -> "(" + origin + ")").collect(Collectors.joining(" and "))))
			.collect(Collectors.joining(System.lineSeparator()))),
				"Rename all but one. Agents need a name of their own in the whole application, supervisors and agents below one supervisor need different names.");
	}

}
