package com.example.docs.tools;

import io.switchboard.ai.tool.ToolCaller;
import io.switchboard.ai.tool.ToolFailedException;
import io.switchboard.ai.tool.ToolPolicy;
import reactor.core.publisher.Mono;

import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.stereotype.Component;

/**
 * Shows tools that say how they may be called.
 */
// tag::tools[]
@Component
class OrderTools {

	private final Orders orders;

	OrderTools(Orders orders) {
		this.orders = orders;
	}

	@Tool(description = "The state of an order")
	@ToolPolicy(timeout = "5s", idempotent = true)
	Mono<String> orderState(long order) {
		return this.orders.state(order)
			.switchIfEmpty(Mono.error(() -> new ToolFailedException("There is no order %d.".formatted(order))));
	}

	@Tool(description = "Cancels an order")
	@ToolPolicy(failures = AlreadyShippedException.class)
	String cancelOrder(long order, ToolContext context) {
		this.orders.cancel(order, ToolCaller.from(context).turn());
		return "cancelled";
	}

}
// end::tools[]
