package io.switchboard.autoconfigure;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

import io.switchboard.autoconfigure.diagnostics.AgentSetupException;
import io.switchboard.autoconfigure.diagnostics.NearestName;

/**
 * Something was put below a supervisor that does not exist.
 */
final class UnknownSupervisorException extends AgentSetupException {

	private static final long serialVersionUID = 1L;

	UnknownSupervisorException(List<Reference> references, Collection<String> known) {
		super(describe(references, known),
				"Define the supervisor, for example%n%n%s%n%nor name one that exists; '/' is the root."
					.formatted(example(references.get(0).supervisor())));
	}

	private static String describe(List<Reference> references, Collection<String> known) {
		String wrong = references.stream()
			.map((reference) -> "    - %s: '%s'.%s".formatted(reference.origin(), reference.supervisor(),
					NearestName.question(reference.supervisor(), known)))
			.collect(Collectors.joining(System.lineSeparator()));
		String right = known.isEmpty()
				? "No supervisor is defined in 'switchboard.supervisors', there is only the root '/'."
				: "The supervisors in 'switchboard.supervisors' are: %s."
					.formatted(known.stream().map((name) -> "'" + name + "'").collect(Collectors.joining(", ")));
		return "A supervisor is named that does not exist:%n%n%s%n%n%s".formatted(wrong, right);
	}

	private static String example(String name) {
		return """
				switchboard:
				  supervisors:
				    %s:
				      strategy: one-for-one""".formatted(name);
	}

	/**
	 * Where the supervisor was named.
	 *
	 * @param origin what names it
	 * @param supervisor the name that does not exist
	 */
	record Reference(String origin, String supervisor) {

	}

}
