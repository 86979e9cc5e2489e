package io.switchboard.supervision;

import java.util.List;
import java.util.stream.Collectors;

import io.switchboard.AgentException;

/**
 * A specification that cannot work. All its problems are reported at once.
 *
 * @since 0.1.0
 */
public final class InvalidSpecificationException extends AgentException {

	private static final long serialVersionUID = 1L;

	private final String subject;

	private final transient List<Problem> problems;

	/**
	 * Report what is wrong.
	 * @param subject what was specified, such as {@code supervisor 'desk'}
	 * @param problems what is wrong with it, at least one
	 */
	public InvalidSpecificationException(String subject, List<Problem> problems) {
		super("The specification of %s is invalid:%n%s".formatted(subject,
				problems.stream()
					.map((problem) -> "  - " + problem.field() + ": " + problem.message())
					.collect(Collectors.joining(System.lineSeparator()))));
		this.subject = subject;
		this.problems = List.copyOf(problems);
	}

	/**
	 * What was specified.
	 * @return the kind and name of the node
	 */
	public String subject() {
		return this.subject;
	}

	/**
	 * What is wrong with it.
	 * @return the problems, in the order found
	 */
	public List<Problem> problems() {
		return this.problems;
	}

	/**
	 * One thing that is wrong.
	 *
	 * @param field the field or combination of fields at fault
	 * @param message what came in and what is allowed
	 */
	public record Problem(String field, String message) {

	}

}
