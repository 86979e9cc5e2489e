package io.switchboard.ai.turn;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * What a model costs, in a currency of your choice that all prices share.
 *
 * @param input the price of a million tokens that are sent, zero or more
 * @param output the price of a million tokens that are received, zero or more
 * @since 0.1.0
 */
public record Price(BigDecimal input, BigDecimal output) {

	private static final int MILLION = 6;

	/**
	 * Check the prices.
	 * @throws IllegalArgumentException if one is negative
	 */
	public Price {
		Objects.requireNonNull(input, "'input' must not be null");
		Objects.requireNonNull(output, "'output' must not be null");
		if (input.signum() < 0 || output.signum() < 0) {
			throw new IllegalArgumentException(
					"Price of %s for input and %s for output is not possible: zero or more is needed".formatted(input,
							output));
		}
	}

	/**
	 * What tokens cost.
	 * @param usage the tokens
	 * @return the price, exact
	 */
	public BigDecimal of(Usage usage) {
		return this.input.multiply(BigDecimal.valueOf(usage.inputTokens()))
			.add(this.output.multiply(BigDecimal.valueOf(usage.outputTokens())))
			.movePointLeft(MILLION);
	}

}
