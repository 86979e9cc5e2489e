package com.example.helpdesk.rehearsal;

import java.util.Locale;
import java.util.stream.Collectors;

import tools.jackson.databind.JsonNode;

/**
 * Puts into words what the tools for terms and prices have said.
 */
final class ShopSentences {

	private ShopSentences() {
	}

	static String returns(JsonNode policy) {
		return "You can send goods back within %d days, %s; the refund takes %d days.".formatted(
				policy.path("days").asInt(), policy.path("condition").asString(""), policy.path("refundDays").asInt());
	}

	static String price(JsonNode answer) {
		String product = answer.path("product").asString();
		if (answer.hasNonNull("price")) {
			return "One %s costs %s.".formatted(product, euros(answer.path("price")));
		}
		String products = answer.path("products")
			.valueStream()
			.map(JsonNode::asString)
			.collect(Collectors.joining(", "));
		return "We do not sell %s. We sell: %s.".formatted(product, products);
	}

	static String euros(JsonNode amount) {
		return String.format(Locale.ROOT, "%.2f euros", amount.asDecimal());
	}

}
