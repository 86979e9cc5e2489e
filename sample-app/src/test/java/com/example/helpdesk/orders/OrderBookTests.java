package com.example.helpdesk.orders;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link OrderBook} with the orders of the sample.
 */
class OrderBookTests {

	private final OrderBook book = SampleShop.orderBook();

	@Test
	void holdsADozenOrders() {
		assertThat(this.book.all()).hasSize(12).extracting(Order::number).contains("ORD-1001", "ORD-1313").isSorted();
	}

	@Test
	void findsAnOrderInLowerCaseToo() {
		assertThat(this.book.find(" ord-1001 ")).get().extracting(Order::number).isEqualTo("ORD-1001");
	}

	@Test
	void knowsNoOrderThatWasNeverPlaced() {
		assertThat(this.book.find("ORD-9999")).isEmpty();
		assertThat(this.book.cancel("ORD-9999")).isEmpty();
	}

	@Test
	void addsUpQuantitiesAndPrices() {
		assertThat(this.book.find("ORD-1001")).get().extracting(Order::total).hasToString("69.90");
	}

	@ParameterizedTest(name = "{0} becomes {1}")
	@CsvSource({ "ORD-1001, SHIPPED", "ORD-1002, CANCELLED", "ORD-1003, DELIVERED", "ORD-1006, CANCELLED" })
	void cancelsOnlyWhatIsStillInTheWarehouse(String number, OrderStatus status) {
		this.book.cancel(number);

		assertThat(this.book.find(number)).get().extracting(Order::status).isEqualTo(status);
	}

	@Test
	void tellsHowMuchOfAShippedOrderHasArrived() {
		assertThat(this.book.find("ORD-1004")).get().extracting(Order::deliveredPercent).isEqualTo(50);
	}

	@Test
	void failsOnTheOrderWithTheSeededBug() {
		Order order = this.book.find("ORD-1313").orElseThrow();

		assertThatExceptionOfType(ArithmeticException.class).isThrownBy(order::deliveredPercent);
	}

}
