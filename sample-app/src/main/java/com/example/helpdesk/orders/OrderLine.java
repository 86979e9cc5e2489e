package com.example.helpdesk.orders;

import java.math.BigDecimal;

/**
 * One product of an order, at the price of the day it was ordered.
 *
 * @param product the product's name, as in the price list
 * @param quantity how many of it
 * @param unitPrice price of one, in euros
 */
public record OrderLine(String product, int quantity, BigDecimal unitPrice) {

	BigDecimal amount() {
		return this.unitPrice.multiply(BigDecimal.valueOf(this.quantity));
	}

}
