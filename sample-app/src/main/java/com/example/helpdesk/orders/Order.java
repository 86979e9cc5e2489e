package com.example.helpdesk.orders;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/**
 * An order as the shop has it in its book. It never changes: a new state is a new order
 * under the old number.
 *
 * @param number the order's number, {@code ORD-} and four digits
 * @param placedOn the day it was placed
 * @param status how far it has come
 * @param lines what was ordered
 * @param parcels the boxes it travels in, none before it is shipped
 */
public record Order(String number, LocalDate placedOn, OrderStatus status, List<OrderLine> lines,
		List<Parcel> parcels) {

	public Order {
		lines = List.copyOf(lines);
		parcels = List.copyOf(parcels);
	}

	BigDecimal total() {
		return this.lines.stream().map(OrderLine::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
	}

	/**
	 * How much of a shipped order has arrived. The seeded bug of the README's walk: an
	 * order that the warehouse has split is shipped before its parcels are in the book,
	 * and then this divides by zero. ORD-1313 is such an order.
	 */
	int deliveredPercent() {
		long delivered = this.parcels.stream().filter(Parcel::delivered).count();
		return Math.toIntExact(100 * delivered / this.parcels.size());
	}

	Order withStatus(OrderStatus newStatus) {
		return new Order(this.number, this.placedOn, newStatus, this.lines, this.parcels);
	}

}
