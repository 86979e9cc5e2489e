package io.switchboard.ai.turn;

import java.math.BigDecimal;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Prices} and {@link Price}.
 */
class PricesTests {

	private static final Price LARGE = new Price(new BigDecimal("2.50"), new BigDecimal("10"));

	private static final Price DATED = new Price(BigDecimal.ONE, BigDecimal.ONE);

	private static final Prices PRICES = new Prices(Map.of("large", LARGE, "large-2024-05-13", DATED));

	@Test
	void aPriceIsForAMillionTokens() {
		assertThat(LARGE.of(new Usage(1_000_000, 0))).isEqualByComparingTo("2.50");
		assertThat(LARGE.of(new Usage(0, 1_000_000))).isEqualByComparingTo("10");
		assertThat(LARGE.of(new Usage(1, 1))).isEqualByComparingTo("0.0000125");
	}

	@ParameterizedTest
	@ValueSource(strings = { "large", "large-2024-08-06", "large-20240806", "large@20240806", "large-0613",
			"large-latest", "large:latest" })
	void versionsCostWhatTheModelCosts(String model) {
		assertThat(PRICES.of(model)).isEqualTo(LARGE);
	}

	@Test
	void aVersionMayHaveAPriceOfItsOwn() {
		assertThat(PRICES.of("large-2024-05-13")).isEqualTo(DATED);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "small", "large-mini", "large-4-5", "large-mini-2024-08-06", "larger" })
	void otherModelsHaveNone(String model) {
		assertThat(PRICES.of(model)).isNull();
		assertThat(Prices.none().of(model)).isNull();
	}

	@Test
	void nobodyIsPaid() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Price(BigDecimal.ONE, new BigDecimal("-2")))
			.withMessage("Price of 1 for input and -2 for output is not possible: zero or more is needed");
	}

}
