package com.example.helpdesk.orders;

import org.junit.jupiter.api.Test;

import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.execution.ToolExecutionException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.json.BasicJsonTester;
import org.springframework.boot.test.json.JsonContent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link OrderTools}.
 */
class OrderToolsTests {

	private final BasicJsonTester json = new BasicJsonTester(getClass());

	private final ApplicationContextRunner application = new ApplicationContextRunner()
		.withUserConfiguration(OrderConfiguration.class, OrderTools.class);

	@Test
	void beanNamesAreToolNames() {
		this.application.run((context) -> assertThat(context.getBeansOfType(ToolCallback.class))
			.containsOnlyKeys("orderLookup", "orderCancel", "returnPolicy", "productPrice")
			.allSatisfy((name, tool) -> assertThat(tool.getToolDefinition().name()).isEqualTo(name)));
	}

	@Test
	void schemaNamesAndDescribesTheOrderNumber() {
		this.application.run((context) -> {
			String schema = context.getBean("orderLookup", ToolCallback.class).getToolDefinition().inputSchema();

			assertThat(this.json.from(schema)).extractingJsonPathStringValue("$.properties.orderNumber.description")
				.contains("ORD-1001");
			assertThat(this.json.from(schema)).extractingJsonPathArrayValue("$.required").containsOnly("orderNumber");
		});
	}

	@Test
	void lookupReportsStatusItemsAndAmount() {
		JsonContent<Object> report = call("orderLookup", "{\"orderNumber\": \"ord-1004\"}");

		assertThat(report).extractingJsonPathStringValue("$.orderNumber").isEqualTo("ORD-1004");
		assertThat(report).extractingJsonPathStringValue("$.status").isEqualTo("SHIPPED");
		assertThat(report).extractingJsonPathStringValue("$.placedOn").isEqualTo("2026-02-24");
		assertThat(report).extractingJsonPathNumberValue("$.total").isEqualTo(117.0);
		assertThat(report).extractingJsonPathNumberValue("$.deliveredPercent").isEqualTo(50);
		assertThat(report).extractingJsonPathValue("$.parcels[1].expectedOn").isEqualTo("2026-03-05");
	}

	@Test
	void lookupOfAnUnknownOrderIsAnAnswerAndNoFailure() {
		assertThat(call("orderLookup", "{\"orderNumber\": \"ORD-9999\"}"))
			.isStrictlyEqualToJson("{\"orderNumber\": \"ORD-9999\", \"found\": false}");
	}

	@Test
	void lookupFailsOnTheOrderWithTheSeededBug() {
		assertThatExceptionOfType(ToolExecutionException.class)
			.isThrownBy(() -> call("orderLookup", "{\"orderNumber\": \"ORD-1313\"}"))
			.withCauseInstanceOf(ArithmeticException.class);
	}

	@Test
	void cancelTellsWhetherTheOrderIsCancelled() {
		assertThat(call("orderCancel", "{\"orderNumber\": \"ORD-1002\"}"))
			.isStrictlyEqualToJson("{\"orderNumber\": \"ORD-1002\", \"cancelled\": true, \"status\": \"CANCELLED\"}");
		assertThat(call("orderCancel", "{\"orderNumber\": \"ORD-1001\"}"))
			.isStrictlyEqualToJson("{\"orderNumber\": \"ORD-1001\", \"cancelled\": false, \"status\": \"SHIPPED\"}");
		assertThat(call("orderCancel", "{\"orderNumber\": \"ORD-9999\"}"))
			.isStrictlyEqualToJson("{\"orderNumber\": \"ORD-9999\", \"cancelled\": false}");
	}

	@Test
	void policyNeedsNoArguments() {
		assertThat(call("returnPolicy", "{}")).extractingJsonPathNumberValue("$.days").isEqualTo(30);
	}

	@Test
	void priceOfAnUnknownProductListsWhatTheShopSells() {
		assertThat(call("productPrice", "{\"product\": \"Kettle\"}")).extractingJsonPathNumberValue("$.price")
			.isEqualTo(39.9);
		assertThat(call("productPrice", "{\"product\": \"boat\"}")).extractingJsonPathArrayValue("$.products")
			.contains("kettle", "teapot");
	}

	@Test
	void missingArgumentIsNamed() {
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> call("orderLookup", "{}"))
			.havingRootCause()
			.withMessageContaining("'orderNumber'");
	}

	private JsonContent<Object> call(String tool, String arguments) {
		StringBuilder result = new StringBuilder();
		this.application.run((context) -> result.append(context.getBean(tool, ToolCallback.class).call(arguments)));
		return this.json.from(result.toString());
	}

}
