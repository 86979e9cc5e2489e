package io.switchboard.autoconfigure.web;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A request could not be answered, and the client is told why. Immutable.
 */
final class ProblemException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final ProblemType type;

	private final String detail;

	private final transient Map<String, Object> facts;

	private final int retryAfter;

	/**
	 * Report a problem.
	 * @param type what it is
	 * @param detail what came in, what is allowed and what to do
	 */
	ProblemException(ProblemType type, String detail) {
		this(type, detail, null, Map.of(), type.retryAfter());
	}

	/**
	 * Report a problem.
	 * @param type what it is
	 * @param detail what came in, what is allowed and what to do
	 * @param cause what it was for the application, which the client is not told
	 */
	ProblemException(ProblemType type, String detail, @Nullable Throwable cause) {
		this(type, detail, cause, Map.of(), type.retryAfter());
	}

	private ProblemException(ProblemType type, String detail, @Nullable Throwable cause, Map<String, Object> facts,
			int retryAfter) {
		super(detail, cause, false, false);
		this.type = type;
		this.detail = detail;
		this.facts = facts;
		this.retryAfter = retryAfter;
	}

	ProblemException with(String name, Object value) {
		Map<String, Object> more = new LinkedHashMap<>(this.facts);
		more.put(name, value);
		return new ProblemException(this.type, this.detail, getCause(), more, this.retryAfter);
	}

	ProblemException retryAfter(int seconds) {
		return new ProblemException(this.type, this.detail, getCause(), this.facts, seconds);
	}

	/**
	 * When to try again.
	 * @return seconds, zero if trying again does not help by itself
	 */
	int retryAfter() {
		return this.retryAfter;
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

	/**
	 * The problem as the data of a turn's last event.
	 * @param failure the name of the failure
	 * @return a JSON object
	 */
	String asFailure(String failure) {
		Map<String, Object> data = new LinkedHashMap<>();
		data.put("turn", this.facts.getOrDefault("turn", ""));
		data.put("failure", failure);
		data.put("detail", this.detail);
		data.putAll(this.facts);
		return WireJson.write(data);
	}

	/**
	 * Read a problem back.
	 * @param data what {@link #asFailure} has written
	 * @return the problem
	 */
	static ProblemException ofFailure(String data) {
		JsonNode node = WireJson.read(data.getBytes(UTF_8));
		Map<String, Object> facts = new LinkedHashMap<>();
		node.properties().forEach((fact) -> {
			if (!fact.getKey().equals("failure") && !fact.getKey().equals("detail")) {
				facts.put(fact.getKey(), fact.getValue());
			}
		});
		ProblemType type = ProblemType.of(node.path("failure").asString(""));
		return new ProblemException(type, node.path("detail").asString(""), null, facts, type.retryAfter());
	}

}
