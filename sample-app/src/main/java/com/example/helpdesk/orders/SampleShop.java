package com.example.helpdesk.orders;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The goods and the orders that the sample starts with.
 */
final class SampleShop {

	private static final Map<String, BigDecimal> PRICES = prices();

	private SampleShop() {
	}

	static PriceList priceList() {
		return new PriceList(PRICES);
	}

	static OrderBook orderBook() {
		return new OrderBook(List.of(
				new Order("ORD-1001", day(2, 26), OrderStatus.SHIPPED, List.of(line("kettle", 1), line("mug", 4)),
						List.of(onItsWay("Northwind Express", day(3, 4)))),
				new Order("ORD-1002", day(2, 27), OrderStatus.PLACED, List.of(line("toaster", 1)), List.of()),
				new Order("ORD-1003", day(2, 2), OrderStatus.DELIVERED, List.of(line("coffee grinder", 1)),
						List.of(arrived("Harbour Post", day(2, 6)))),
				new Order("ORD-1004", day(2, 24), OrderStatus.SHIPPED, List.of(line("lamp", 2), line("blanket", 1)),
						List.of(arrived("Harbour Post", day(2, 28)), onItsWay("Harbour Post", day(3, 5)))),
				new Order("ORD-1005", day(2, 28), OrderStatus.PLACED, List.of(line("mug", 6)), List.of()),
				new Order("ORD-1006", day(1, 19), OrderStatus.CANCELLED, List.of(line("teapot", 1)), List.of()),
				new Order("ORD-1007", day(2, 11), OrderStatus.DELIVERED, List.of(line("kettle", 1), line("teapot", 1)),
						List.of(arrived("Northwind Express", day(2, 14)))),
				new Order("ORD-1008", day(3, 1), OrderStatus.PLACED, List.of(line("lamp", 1), line("toaster", 1)),
						List.of()),
				new Order("ORD-1009", day(2, 25), OrderStatus.SHIPPED, List.of(line("blanket", 2)),
						List.of(onItsWay("Northwind Express", day(3, 3)))),
				new Order("ORD-1010", day(1, 30), OrderStatus.DELIVERED, List.of(line("mug", 2)),
						List.of(arrived("Harbour Post", day(2, 3)))),
				new Order("ORD-1011", day(3, 1), OrderStatus.PLACED, List.of(line("coffee grinder", 1)), List.of()),
				new Order("ORD-1313", day(2, 27), OrderStatus.SHIPPED, List.of(line("lamp", 3), line("kettle", 2)),
						List.of())));
	}

	private static Map<String, BigDecimal> prices() {
		Map<String, BigDecimal> prices = new LinkedHashMap<>();
		prices.put("kettle", new BigDecimal("39.90"));
		prices.put("toaster", new BigDecimal("44.50"));
		prices.put("coffee grinder", new BigDecimal("59.00"));
		prices.put("teapot", new BigDecimal("24.90"));
		prices.put("mug", new BigDecimal("7.50"));
		prices.put("lamp", new BigDecimal("34.00"));
		prices.put("blanket", new BigDecimal("49.00"));
		return prices;
	}

	private static OrderLine line(String product, int quantity) {
		BigDecimal price = PRICES.get(product);
		if (price == null) {
			throw new IllegalArgumentException("Product '%s' is not one of %s".formatted(product, PRICES.keySet()));
		}
		return new OrderLine(product, quantity, price);
	}

	private static Parcel onItsWay(String carrier, LocalDate expectedOn) {
		return new Parcel(carrier, expectedOn, false);
	}

	private static Parcel arrived(String carrier, LocalDate on) {
		return new Parcel(carrier, on, true);
	}

	private static LocalDate day(int month, int day) {
		return LocalDate.of(2026, month, day);
	}

}
