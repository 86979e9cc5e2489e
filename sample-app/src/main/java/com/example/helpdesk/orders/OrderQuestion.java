package com.example.helpdesk.orders;

import org.springframework.ai.tool.annotation.ToolParam;
import org.springframework.util.Assert;

/**
 * What a model has to say to ask for an order: the arguments of the tools
 * {@code orderLookup} and {@code orderCancel}.
 *
 * @param orderNumber the order's number
 */
public record OrderQuestion(@ToolParam(description = "The order number, for example ORD-1001") String orderNumber) {

	public OrderQuestion {
		Assert.hasText(orderNumber, "Argument 'orderNumber' is missing: give a number such as ORD-1001");
	}

}
