package com.example.helpdesk.orders;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What a model is told after it has asked to cancel an order.
 *
 * @param orderNumber the number that was asked for
 * @param cancelled whether the order is cancelled now
 * @param status how far the order has come, if there is such an order
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Cancellation(String orderNumber, boolean cancelled, @Nullable OrderStatus status) {

	static Cancellation of(Order order) {
		return new Cancellation(order.number(), order.status() == OrderStatus.CANCELLED, order.status());
	}

	static Cancellation notFound(String orderNumber) {
		return new Cancellation(orderNumber, false, null);
	}

}
