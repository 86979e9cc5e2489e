package io.switchboard.ai.turn;

/**
 * The tokens that model calls cost, as the provider counted them; zero where it did not.
 *
 * @param inputTokens tokens sent to the model, zero or more
 * @param outputTokens tokens that the model wrote, zero or more
 * @since 0.1.0
 */
public record Usage(long inputTokens, long outputTokens) {

	private static final Usage NONE = new Usage(0, 0);

	/**
	 * Check the parts.
	 * @throws IllegalArgumentException if one is negative
	 */
	public Usage {
		if (inputTokens < 0 || outputTokens < 0) {
			throw new IllegalArgumentException(
					"Usage of %d input and %d output tokens is not possible: zero or more is allowed"
						.formatted(inputTokens, outputTokens));
		}
	}

	/**
	 * No tokens.
	 * @return the empty usage
	 */
	public static Usage none() {
		return NONE;
	}

	/**
	 * Add another usage.
	 * @param other the other usage
	 * @return the sum of both
	 */
	public Usage plus(Usage other) {
		return new Usage(this.inputTokens + other.inputTokens, this.outputTokens + other.outputTokens);
	}

	/**
	 * All tokens, as budgets count them.
	 * @return input and output together
	 */
	public long total() {
		return this.inputTokens + this.outputTokens;
	}

}
