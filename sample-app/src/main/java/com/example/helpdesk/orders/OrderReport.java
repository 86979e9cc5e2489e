package com.example.helpdesk.orders;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What a model is told about an order. An order that is not in the book is no error: the
 * model is to say so to the customer.
 *
 * @param orderNumber the number that was asked for
 * @param found whether there is such an order
 * @param status how far the order has come
 * @param placedOn the day it was placed
 * @param items what was ordered
 * @param total the amount in euros
 * @param deliveredPercent how much of a shipped order has arrived
 * @param parcels the boxes it travels in
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OrderReport(String orderNumber, boolean found, @Nullable OrderStatus status, @Nullable LocalDate placedOn,
		@Nullable List<OrderLine> items, @Nullable BigDecimal total, @Nullable Integer deliveredPercent,
		@Nullable List<Parcel> parcels) {

	static OrderReport of(Order order) {
		Integer deliveredPercent = (order.status() == OrderStatus.SHIPPED) ? order.deliveredPercent() : null;
		return new OrderReport(order.number(), true, order.status(), order.placedOn(), order.lines(), order.total(),
				deliveredPercent, order.parcels());
	}

	static OrderReport notFound(String orderNumber) {
		return new OrderReport(orderNumber, false, null, null, null, null, null, null);
	}

}
