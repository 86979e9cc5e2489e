package io.switchboard.ai.failure;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What can go wrong in a turn, as far as it makes a difference for what to do about it.
 *
 * @since 0.1.0
 */
public enum FailureClass {

	/**
	 * The provider wants fewer requests.
	 */
	RATE_LIMITED("The provider takes no more requests for now"),

	/**
	 * The provider is up, but cannot serve now.
	 */
	OVERLOADED("The provider is overloaded"),

	/**
	 * The provider could not be reached, or the connection broke.
	 */
	NETWORK("The provider could not be reached, or the connection broke"),

	/**
	 * The provider took the request, but did not begin to answer in time.
	 */
	FIRST_TOKEN_TIMEOUT("The provider did not begin to answer in time"),

	/**
	 * The answer had begun, and then nothing more came for too long.
	 */
	STALLED("The answer stalled"),

	/**
	 * The answer was not complete in the time for the whole call, ours, the client's or
	 * the provider's own.
	 */
	TIMEOUT("The provider did not answer in time"),

	/**
	 * The conversation is longer than the model can read.
	 */
	CONTEXT_OVERFLOW("The conversation is longer than the model can read"),

	/**
	 * The model or the provider's filter declined to answer.
	 */
	REFUSED("The model or the provider's filter declined to answer"),

	/**
	 * The provider does not accept the key, or the key may not use the model.
	 */
	AUTHENTICATION("The provider does not accept the key, or the key may not use the model"),

	/**
	 * The account's quota or credit is used up, which no time in reach changes.
	 */
	QUOTA_SPENT("The quota or the credit at the provider is used up"),

	/**
	 * The provider does not have the model, or not for this key.
	 */
	UNKNOWN_MODEL("The provider does not have the model, or not for this key"),

	/**
	 * The provider cannot make sense of the request.
	 */
	BAD_REQUEST("The provider cannot make sense of the request"),

	/**
	 * The answer could not be read, held nothing, or is not what was asked for.
	 */
	INVALID_OUTPUT("The answer could not be read, or is not what was asked for"),

	/**
	 * The model called a tool that does not exist.
	 */
	UNKNOWN_TOOL("The model called a tool that does not exist"),

	/**
	 * A tool failed in a way that it declares.
	 */
	TOOL_FAILED("A tool failed"),

	/**
	 * A tool took longer than it may.
	 */
	TOOL_TIMEOUT("A tool did not end in time"),

	/**
	 * The model repeats itself without getting on.
	 */
	LOOP("The model repeats itself"),

	/**
	 * The turn took more than its budget allows.
	 */
	BUDGET_SPENT("The budget is spent"),

	/**
	 * The answer is in another language than it should be.
	 */
	WRONG_LANGUAGE("The answer is in the wrong language"),

	/**
	 * The provider failed in another way.
	 */
	PROVIDER_ERROR("The provider failed"),

	/**
	 * What was said before could not be read, or the turn could not be kept with it.
	 */
	CONVERSATION_UNAVAILABLE("The conversation could not be read or kept"),

	/**
	 * None of the others: code is broken, the application's or the runtime's.
	 */
	BUG("Something is broken");

	private final String id = name().toLowerCase(Locale.ROOT).replace('_', '-');

	private final String sentence;

	FailureClass(String sentence) {
		this.sentence = sentence;
	}

	/**
	 * Find a class by its name in events and settings.
	 * @param id the name, such as {@code rate-limited}
	 * @return the class
	 * @throws IllegalArgumentException if there is none of that name
	 */
	public static FailureClass of(String id) {
		for (FailureClass failure : values()) {
			if (failure.id.equals(id)) {
				return failure;
			}
		}
		throw new IllegalArgumentException("There is no failure class '%s': use one of %s".formatted(id,
				Arrays.stream(values()).map(FailureClass::id).collect(Collectors.joining(", "))));
	}

	/**
	 * The name in events and settings, such as {@code rate-limited}.
	 * @return the id
	 */
	public String id() {
		return this.id;
	}

	/**
	 * What happened, when nothing more is known.
	 * @return a sentence without its full stop
	 */
	String sentence() {
		return this.sentence;
	}

}
