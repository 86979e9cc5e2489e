package com.example.helpdesk.orders;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All orders of the shop, in memory. Safe to use from many agents at once; forgotten when
 * the application ends.
 */
public class OrderBook {

	private final Map<String, Order> orders = new ConcurrentHashMap<>();

	public OrderBook(Collection<Order> orders) {
		orders.forEach((order) -> this.orders.put(order.number(), order));
	}

	/**
	 * Find an order.
	 * @param number the order's number, in upper or lower case
	 * @return the order, or empty if there is none of that number
	 */
	public Optional<Order> find(String number) {
		return Optional.ofNullable(this.orders.get(key(number)));
	}

	/**
	 * Cancel an order that has not left the warehouse. Any other order stays as it is, so
	 * look at the status of what comes back.
	 * @param number the order's number, in upper or lower case
	 * @return the order as it is now, or empty if there is none of that number
	 */
	public Optional<Order> cancel(String number) {
		return Optional.ofNullable(this.orders.computeIfPresent(key(number),
				(key, order) -> order.status().canBeCancelled() ? order.withStatus(OrderStatus.CANCELLED) : order));
	}

	/**
	 * List all orders.
	 * @return the orders as they are now, by number
	 */
	public List<Order> all() {
		return this.orders.values()
			.stream()
			.sorted((first, second) -> first.number().compareTo(second.number()))
			.toList();
	}

	private static String key(String number) {
		return number.strip().toUpperCase(Locale.ROOT);
	}

}
