package com.example.helpdesk.rehearsal;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Intent} and {@link Category}.
 */
class IntentTests {

	@ParameterizedTest(name = "{1}: {0}")
	@CsvSource(delimiter = '|', textBlock = """
			Hello                                          | GREETING
			Good morning!                                  | GREETING
			My name is Ada                                 | INTRODUCTION
			Hi, please call me Ada.                        | INTRODUCTION
			Where is my order ORD-1001?                    | STATUS
			Hi, where is my parcel?                        | STATUS
			ORD-1001                                       | STATUS
			My name is Ada, where is ord-1001?             | STATUS
			When will ORD-1001 arrive?                     | STATUS
			What did I order?                              | ITEMS
			List the items of ORD-1001                     | ITEMS
			What is in ORD-1001?                           | ITEMS
			Please cancel ORD-1002                         | CANCEL
			Thanks, and cancel it                          | CANCEL
			Can I return ORD-1003?                         | RETURNS
			How do I get a refund?                         | RETURNS
			What is your return policy?                    | RETURNS
			How much is a kettle?                          | PRICE
			What is the price of the lamp?                 | PRICE
			What is my name?                               | RECALL_NAME
			What was my order?                             | RECALL_ORDER
			What did I say before?                         | RECALL
			What did I ask about ORD-1001?                 | RECALL
			Do you remember me?                            | RECALL
			Thank you                                      | THANKS
			Thanks, bye                                    | THANKS
			Goodbye                                        | GOODBYE
			Write me a poem about the sea                  | UNKNOWN
			This is nothing                                | UNKNOWN
			""")
	void wordsTellTheIntent(String words, Intent intent) {
		assertThat(Intent.of(words)).isEqualTo(intent);
	}

	@ParameterizedTest(name = "{1}: {0}")
	@CsvSource(delimiter = '|', textBlock = """
			I want my money back                | BILLING
			There is a wrong charge on my bill  | BILLING
			Where is ORD-1001?                  | SHIPPING
			My parcel has not arrived           | SHIPPING
			How much is a kettle?               | PRODUCT
			The lamp is broken                  | PRODUCT
			Good morning                        | OTHER
			""")
	void wordsTellTheCategory(String words, Category category) {
		assertThat(Category.of(words)).isEqualTo(category);
	}

}
