package com.example.docs.tools;

import java.util.List;

import io.switchboard.ai.tool.ToolReply;

import org.springframework.ai.tool.annotation.Tool;

/**
 * Shows a tool that tells the program more than the model.
 */
class SearchTools {

	private final Orders orders;

	SearchTools(Orders orders) {
		this.orders = orders;
	}

	// tag::reply[]
	@Tool(description = "The orders of a customer")
	ToolReply findOrders(String customer) {
		List<Order> found = this.orders.of(customer);
		return ToolReply.of("%d orders".formatted(found.size()), found);
	}
	// end::reply[]

}
