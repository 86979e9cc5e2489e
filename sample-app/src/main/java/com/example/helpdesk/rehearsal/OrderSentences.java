package com.example.helpdesk.rehearsal;

import java.util.stream.Collectors;

import tools.jackson.databind.JsonNode;

/**
 * Puts into words what the order tools have said.
 */
final class OrderSentences {

	private OrderSentences() {
	}

	static String status(JsonNode order) {
		String number = number(order);
		if (!order.path("found").asBoolean()) {
			return notFound(number);
		}
		return switch (order.path("status").asString()) {
			case "PLACED" ->
				"%s was placed on %s and waits in the warehouse.".formatted(number, order.path("placedOn").asString());
			case "SHIPPED" -> "%s is on its way, %d%% of it has arrived; it comes with %s.".formatted(number,
					order.path("deliveredPercent").asInt(), parcels(order, false));
			case "DELIVERED" -> "%s was delivered by %s.".formatted(number, parcels(order, true));
			case "CANCELLED" -> "%s is cancelled.".formatted(number);
			default -> "%s is %s.".formatted(number, order.path("status").asString());
		};
	}

	static String items(JsonNode order) {
		String number = number(order);
		if (!order.path("found").asBoolean()) {
			return notFound(number);
		}
		String items = order.path("items")
			.valueStream()
			.map((item) -> item.path("quantity").asInt() + " x " + item.path("product").asString())
			.collect(Collectors.joining(", "));
		return "%s holds %s, %s together.".formatted(number, items, ShopSentences.euros(order.path("total")));
	}

	static String cancellation(JsonNode answer) {
		String number = number(answer);
		if (answer.path("cancelled").asBoolean()) {
			return "%s is cancelled.".formatted(number);
		}
		return switch (answer.path("status").asString("")) {
			case "" -> notFound(number);
			case "SHIPPED" -> "%s cannot be cancelled any more: it is on its way.".formatted(number);
			case "DELIVERED" -> "%s cannot be cancelled any more: it was delivered.".formatted(number);
			default -> "%s could not be cancelled.".formatted(number);
		};
	}

	private static String parcels(JsonNode order, boolean delivered) {
		return order.path("parcels")
			.valueStream()
			.filter((parcel) -> parcel.path("delivered").asBoolean() == delivered)
			.map((parcel) -> parcel.path("carrier").asString() + " on " + parcel.path("expectedOn").asString())
			.collect(Collectors.joining(", "));
	}

	private static String number(JsonNode data) {
		return data.path("orderNumber").asString("the order");
	}

	private static String notFound(String number) {
		return "There is no order %s in the book.".formatted(number);
	}

}
