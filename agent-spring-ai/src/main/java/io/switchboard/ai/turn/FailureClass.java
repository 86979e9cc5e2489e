package io.switchboard.ai.turn;

import java.util.Locale;

/**
 * Why a turn can end without an answer although nothing is broken. Everything else that
 * goes wrong is a bug and crashes the agent.
 *
 * @since 0.1.0
 */
public enum FailureClass {

	/**
	 * The provider wants fewer requests, or the account's quota is used up.
	 */
	RATE_LIMITED,

	/**
	 * The provider is up, but cannot serve now.
	 */
	OVERLOADED,

	/**
	 * The provider could not be reached, or the connection broke.
	 */
	NETWORK,

	/**
	 * The provider did not answer in the time its client allows.
	 */
	TIMEOUT,

	/**
	 * The conversation is longer than the model can read.
	 */
	CONTEXT_OVERFLOW,

	/**
	 * The provider does not accept the key, or the key may not use the model.
	 */
	AUTHENTICATION,

	/**
	 * The provider cannot make sense of the request.
	 */
	BAD_REQUEST,

	/**
	 * The model or the provider's filter declined to answer.
	 */
	REFUSED,

	/**
	 * The provider's answer could not be read, or held nothing.
	 */
	INVALID_OUTPUT,

	/**
	 * The turn took more steps, tokens or time than its {@link Budget} allows.
	 */
	BUDGET_SPENT,

	/**
	 * The provider failed in another way.
	 */
	PROVIDER_ERROR;

	private final String id = name().toLowerCase(Locale.ROOT).replace('_', '-');

	/**
	 * The name in events and settings, such as {@code rate-limited}.
	 * @return the id
	 */
	public String id() {
		return this.id;
	}

}
