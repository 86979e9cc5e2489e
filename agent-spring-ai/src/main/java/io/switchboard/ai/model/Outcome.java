package io.switchboard.ai.model;

import io.switchboard.ai.failure.FailureClass;

/**
 * What the end of a call tells about its provider.
 */
enum Outcome {

	/**
	 * It answers, even if only to refuse.
	 */
	ANSWERED,

	/**
	 * It cannot serve.
	 */
	FAILED,

	/**
	 * Nothing: the call was left, or went wrong on this side.
	 */
	UNDECIDED;

	static Outcome of(FailureClass failure) {
		return switch (failure) {
			case RATE_LIMITED, OVERLOADED, NETWORK, FIRST_TOKEN_TIMEOUT, PROVIDER_ERROR -> FAILED;
			// who waits for a quota waits in vain, and had better try another model at
			// once
			case QUOTA_SPENT, UNKNOWN_MODEL -> ANSWERED;
			case CONTEXT_OVERFLOW, REFUSED, AUTHENTICATION, BAD_REQUEST, INVALID_OUTPUT -> ANSWERED;
			case STALLED, TIMEOUT, UNKNOWN_TOOL, TOOL_FAILED, TOOL_TIMEOUT, LOOP, BUDGET_SPENT, WRONG_LANGUAGE,
					CONVERSATION_UNAVAILABLE, BUG ->
				UNDECIDED;
		};
	}

}
