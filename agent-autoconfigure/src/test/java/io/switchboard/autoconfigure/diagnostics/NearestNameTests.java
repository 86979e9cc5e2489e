package io.switchboard.autoconfigure.diagnostics;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NearestName}.
 */
class NearestNameTests {

	@ParameterizedTest
	@CsvSource({ "dekc, desk", "DESK, desk", "des, desk", "orderLookUp, orderLookup", "backoffice, back-office" })
	void asksForTheNameThatLooksAlike(String given, String expected) {
		List<String> existing = List.of("orderLookup", "order-status", "desk", "back-office");

		assertThat(NearestName.question(given, existing)).isEqualTo(" Did you mean '" + expected + "'?");
	}

	@Test
	void asksNothingIfNoNameLooksAlike() {
		assertThat(NearestName.question("pricing", List.of("desk", "orderLookup"))).isEmpty();
	}

}
