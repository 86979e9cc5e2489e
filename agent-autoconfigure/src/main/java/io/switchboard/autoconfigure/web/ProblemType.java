package io.switchboard.autoconfigure.web;

import java.net.URI;
import java.util.Locale;

import io.switchboard.ai.failure.FailureClass;

import org.springframework.http.HttpStatus;

/**
 * What can go wrong for a client. Names and statuses are part of the interface: clients
 * decide by them.
 */
enum ProblemType {

	UNKNOWN_AGENT(HttpStatus.NOT_FOUND, "There is no such agent"),

	NO_TURNS(HttpStatus.BAD_REQUEST, "The agent takes no turns"),

	NO_SESSIONS(HttpStatus.NOT_FOUND, "The agent has no sessions"),

	INVALID_SESSION(HttpStatus.BAD_REQUEST, "This cannot be a session"),

	UNKNOWN_SESSION(HttpStatus.NOT_FOUND, "There is no such session"),

	SESSION_OF_ANOTHER(HttpStatus.FORBIDDEN, "The session belongs to somebody else"),

	UNKNOWN_TURN(HttpStatus.NOT_FOUND, "There is no such turn"),

	UNKNOWN_APPROVAL(HttpStatus.NOT_FOUND, "Nothing waits for this decision"),

	APPROVALS_NOT_LISTED(HttpStatus.FORBIDDEN, "What all sessions ask is not listed"),

	MALFORMED_BODY(HttpStatus.BAD_REQUEST, "The body cannot be read"),

	MISSING_INPUT(HttpStatus.BAD_REQUEST, "The input is missing"),

	INVALID_DECISION(HttpStatus.BAD_REQUEST, "The decision cannot be read"),

	INPUT_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The input is too large"),

	UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The body is of an unknown type"),

	NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "The answer cannot be given in that form"),

	INVALID_IDEMPOTENCY_KEY(HttpStatus.BAD_REQUEST, "The idempotency key cannot be used"),

	IDEMPOTENCY_KEY_REUSED(HttpStatus.UNPROCESSABLE_CONTENT, "The idempotency key was used before"),

	BODY_TOO_SLOW(HttpStatus.REQUEST_TIMEOUT, "The body did not come in time"),

	TOO_MANY_TURNS(HttpStatus.TOO_MANY_REQUESTS, "Too many turns were begun", 60),

	TOO_MANY_STREAMS(HttpStatus.TOO_MANY_REQUESTS, "Too many streams are open", 10),

	MAILBOX_FULL(HttpStatus.TOO_MANY_REQUESTS, "The agent has too much to do", 1),

	STOPPING(HttpStatus.SERVICE_UNAVAILABLE, "The agent is stopping", 5),

	GONE(HttpStatus.SERVICE_UNAVAILABLE, "The agent is not running", 5),

	TOO_MANY_SESSIONS(HttpStatus.SERVICE_UNAVAILABLE, "There are too many sessions", 30),

	JOURNAL_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The request could not be kept", 5),

	DRAINING(HttpStatus.SERVICE_UNAVAILABLE, "The application is stopping", 5),

	SESSION_MOVED(HttpStatus.SERVICE_UNAVAILABLE, "The session is not here any more", 1),

	SESSION_QUARANTINED(HttpStatus.CONFLICT, "The session cannot go on"),

	ANSWER_GONE(HttpStatus.GONE, "The answer is not kept any more"),

	NO_ANSWER_IN_TIME(HttpStatus.GATEWAY_TIMEOUT, "There is no answer yet"),

	CRASHED(HttpStatus.INTERNAL_SERVER_ERROR, "The agent crashed"),

	REQUEST_FAILED(HttpStatus.UNPROCESSABLE_CONTENT, "The agent declined the request"),

	TURN_CANCELLED(HttpStatus.CONFLICT, "The turn was cancelled"),

	RATE_LIMITED(HttpStatus.SERVICE_UNAVAILABLE, "The model's provider wants fewer requests", 10),

	OVERLOADED(HttpStatus.SERVICE_UNAVAILABLE, "The model's provider has too much to do", 10),

	NETWORK(HttpStatus.BAD_GATEWAY, "The model's provider could not be reached"),

	FIRST_TOKEN_TIMEOUT(HttpStatus.GATEWAY_TIMEOUT, "The model did not begin to answer in time"),

	STALLED(HttpStatus.GATEWAY_TIMEOUT, "The model's answer stalled"),

	TIMEOUT(HttpStatus.GATEWAY_TIMEOUT, "The model's provider did not answer in time"),

	CONTEXT_OVERFLOW(HttpStatus.UNPROCESSABLE_CONTENT, "The conversation is too long for the model"),

	AUTHENTICATION(HttpStatus.BAD_GATEWAY, "The model's provider did not accept the application's key"),

	QUOTA_SPENT(HttpStatus.BAD_GATEWAY, "The application's quota at the model's provider is used up"),

	UNKNOWN_MODEL(HttpStatus.BAD_GATEWAY, "The model's provider does not have the model"),

	BAD_REQUEST(HttpStatus.BAD_GATEWAY, "The model's provider did not accept the request"),

	REFUSED(HttpStatus.UNPROCESSABLE_CONTENT, "The model declined to answer"),

	INVALID_OUTPUT(HttpStatus.BAD_GATEWAY, "The model's answer could not be read"),

	UNKNOWN_TOOL(HttpStatus.BAD_GATEWAY, "The model called a tool that does not exist"),

	TOOL_FAILED(HttpStatus.BAD_GATEWAY, "A tool failed"),

	TOOL_TIMEOUT(HttpStatus.GATEWAY_TIMEOUT, "A tool did not end in time"),

	LOOP(HttpStatus.BAD_GATEWAY, "The model repeated itself without an answer"),

	WRONG_LANGUAGE(HttpStatus.BAD_GATEWAY, "The model answered in the wrong language"),

	BUDGET_SPENT(HttpStatus.UNPROCESSABLE_CONTENT, "The turn took more than it may"),

	PROVIDER_ERROR(HttpStatus.BAD_GATEWAY, "The model's provider failed"),

	CONVERSATION_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The conversation could not be read or kept", 10),

	BUG(HttpStatus.INTERNAL_SERVER_ERROR, "The turn met a bug"),

	NO_ANSWER(HttpStatus.INTERNAL_SERVER_ERROR, "The agent gave no answer"),

	INTERNAL_ERROR(HttpStatus.INTERNAL_SERVER_ERROR, "Something went wrong");

	private final String id = name().toLowerCase(Locale.ROOT).replace('_', '-');

	private final HttpStatus status;

	private final String title;

	private final int retryAfter;

	ProblemType(HttpStatus status, String title) {
		this(status, title, 0);
	}

	ProblemType(HttpStatus status, String title, int retryAfter) {
		this.status = status;
		this.title = title;
		this.retryAfter = retryAfter;
	}

	/**
	 * What a turn's failure is for a client.
	 * @param failure the id of a {@link FailureClass}, or of another failure
	 * @return the type of that name, or {@link #PROVIDER_ERROR}
	 */
	static ProblemType ofFailure(String failure) {
		for (FailureClass known : FailureClass.values()) {
			if (known.id().equals(failure)) {
				return valueOf(known.name());
			}
		}
		return PROVIDER_ERROR;
	}

	/**
	 * What the name in a {@code turn-failed} event stands for.
	 * @param name the name, see {@link #id()}
	 * @return the type of that name, or {@link #PROVIDER_ERROR}
	 */
	static ProblemType of(String name) {
		for (ProblemType type : values()) {
			if (type.id.equals(name)) {
				return type;
			}
		}
		return PROVIDER_ERROR;
	}

	/**
	 * The name in {@code turn-failed} events, such as {@code mailbox-full}.
	 * @return the id
	 */
	String id() {
		return this.id;
	}

	/**
	 * The name in problem details.
	 * @return a URN
	 */
	URI uri() {
		return URI.create("urn:switchboard:problem:" + this.id);
	}

	HttpStatus status() {
		return this.status;
	}

	String title() {
		return this.title;
	}

	/**
	 * When to try again.
	 * @return seconds, zero if trying again does not help by itself
	 */
	int retryAfter() {
		return this.retryAfter;
	}

}
