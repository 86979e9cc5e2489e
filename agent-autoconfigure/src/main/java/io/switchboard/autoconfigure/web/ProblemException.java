package io.switchboard.autoconfigure.web;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A request could not be answered, and the client is told why. Immutable.
 */
final class ProblemException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final ProblemType type;

	private final String detail;

	private final transient Map<String, Object> facts;

	/**
	 * Report a problem.
	 * @param type what it is
	 * @param detail what came in, what is allowed and what to do
	 */
	ProblemException(ProblemType type, String detail) {
		this(type, detail, null, Map.of());
	}

	/**
	 * Report a problem.
	 * @param type what it is
	 * @param detail what came in, what is allowed and what to do
	 * @param cause what it was for the application, which the client is not told
	 */
	ProblemException(ProblemType type, String detail, @Nullable Throwable cause) {
		this(type, detail, cause, Map.of());
	}

	private ProblemException(ProblemType type, String detail, @Nullable Throwable cause, Map<String, Object> facts) {
		super(detail, cause, false, false);
		this.type = type;
		this.detail = detail;
		this.facts = facts;
	}

	ProblemException with(String name, Object value) {
		Map<String, Object> more = new LinkedHashMap<>(this.facts);
		more.put(name, value);
		return new ProblemException(this.type, this.detail, getCause(), more);
	}

	ProblemType type() {
		return this.type;
	}

	String detail() {
		return this.detail;
	}

	Map<String, Object> facts() {
		return this.facts;
	}

}
