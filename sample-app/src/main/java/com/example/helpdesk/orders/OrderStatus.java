package com.example.helpdesk.orders;

/**
 * How far an order has come.
 */
public enum OrderStatus {

	/**
	 * Paid, and waiting in the warehouse.
	 */
	PLACED,

	/**
	 * Handed over to a carrier, in one parcel or in several.
	 */
	SHIPPED,

	/**
	 * At the customer's door.
	 */
	DELIVERED,

	/**
	 * Called off before it was shipped.
	 */
	CANCELLED;

	boolean canBeCancelled() {
		return this == PLACED;
	}

}
