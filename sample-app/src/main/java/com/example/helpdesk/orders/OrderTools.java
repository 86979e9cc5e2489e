package com.example.helpdesk.orders;

import java.util.function.Supplier;

import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.function.FunctionToolCallback;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The tools that agents may use. Each is a bean whose name is the tool's name, so an
 * agent names the ones it may use: {@code tools: [orderLookup, orderCancel]}.
 */
@Configuration(proxyBeanMethods = false)
class OrderTools {

	@Bean
	ToolCallback orderLookup(OrderBook orders) {
		return FunctionToolCallback
			.builder("orderLookup",
					(OrderQuestion question) -> orders.find(question.orderNumber())
						.map(OrderReport::of)
						.orElseGet(() -> OrderReport.notFound(question.orderNumber())))
			.description("Look up an order by its number: status, parcels, items and amount")
			.inputType(OrderQuestion.class)
			.build();
	}

	@Bean
	ToolCallback orderCancel(OrderBook orders) {
		return FunctionToolCallback
			.builder("orderCancel",
					(OrderQuestion question) -> orders.cancel(question.orderNumber())
						.map(Cancellation::of)
						.orElseGet(() -> Cancellation.notFound(question.orderNumber())))
			.description("Cancel an order by its number, if it has not been shipped yet")
			.inputType(OrderQuestion.class)
			.build();
	}

	@Bean
	ToolCallback returnPolicy() {
		Supplier<ReturnPolicy> policy = () -> new ReturnPolicy(30, "unused and in its box", 5);
		return FunctionToolCallback.builder("returnPolicy", policy)
			.description("The shop's terms for returns and refunds")
			.build();
	}

	@Bean
	ToolCallback productPrice(PriceList prices) {
		return FunctionToolCallback
			.builder("productPrice", (PriceQuestion question) -> ProductPrice.of(question.product(), prices))
			.description("The price of a product of the shop")
			.inputType(PriceQuestion.class)
			.build();
	}

}
