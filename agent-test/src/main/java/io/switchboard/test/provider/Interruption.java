package io.switchboard.test.provider;

import org.jspecify.annotations.Nullable;

/**
 * A fault and the place in the answer where it happens.
 *
 * @param fault what goes wrong
 * @param afterTokens after how many tokens of a stream; a number the answer does not
 * reach means after its last token. In an answer that is not streamed every number from 0
 * means the middle of the body
 * @param error what the provider tells; {@code null} but for {@link Fault#ERROR}
 * @since 0.1.0
 */
public record Interruption(Fault fault, int afterTokens, @Nullable ProviderError error) {

	/**
	 * The place before the status line: the client gets no byte of an answer.
	 */
	public static final int BEFORE_HEADERS = -1;

	public Interruption {
		if (afterTokens < BEFORE_HEADERS) {
			throw new IllegalArgumentException(
					"'afterTokens' must be 0 or more, or BEFORE_HEADERS (-1), but was " + afterTokens);
		}
		if (afterTokens == BEFORE_HEADERS && (fault == Fault.MALFORMED || fault == Fault.ERROR)) {
			throw new IllegalArgumentException("'fault' must not be " + fault
					+ " before the headers: no JSON is sent there, use 0 tokens or a ProviderError as the reply");
		}
		if ((fault == Fault.ERROR) != (error != null)) {
			throw new IllegalArgumentException(
					"'error' must be there for the fault ERROR and for no other, but was " + error + " for " + fault);
		}
	}

	/**
	 * A fault of which nothing else is to be said.
	 * @param fault what goes wrong, not {@link Fault#ERROR}
	 * @param afterTokens after how many tokens of a stream
	 */
	public Interruption(Fault fault, int afterTokens) {
		this(fault, afterTokens, null);
	}

	boolean beforeHeaders() {
		return this.afterTokens == BEFORE_HEADERS;
	}

	boolean isDue(int sent, int tokens) {
		return !beforeHeaders() && sent >= Math.min(this.afterTokens, tokens);
	}

}
