package com.example.helpdesk.rehearsal;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Mentions}.
 */
class MentionsTests {

	@Test
	void findsEachOrderOnceInTheOrderOfTheText() {
		assertThat(Mentions.orders("ord-1002, ORD-1001 and again ORD-1002, not ORD-12 or ORD-12345"))
			.containsExactly("ORD-1002", "ORD-1001");
	}

	@Test
	void takesTheNameThatWasSaidLast() {
		assertThat(Mentions.lastName(List.of("My name is Ada", "no, call me Grace!", "ok"))).contains("Grace");
	}

	@ParameterizedTest(name = "{1}: {0}")
	@CsvSource(delimiter = '|', textBlock = """
			How much is a kettle?                   | kettle
			how much does the Coffee Grinder cost?  | coffee grinder
			What is the price of a lamp             | lamp
			price for mug please                    | mug
			""")
	void findsTheProductOfAPriceQuestion(String question, String product) {
		assertThat(Mentions.product(question)).contains(product);
	}

	@Test
	void findsNoProductWhereNoneIsNamed() {
		assertThat(Mentions.product("What are your prices?")).isEmpty();
	}

}
