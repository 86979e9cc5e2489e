package com.example.helpdesk.orders;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the shop sells and for how much, in euros.
 */
public class PriceList {

	private final Map<String, BigDecimal> prices;

	public PriceList(Map<String, BigDecimal> prices) {
		this.prices = new LinkedHashMap<>(prices);
	}

	/**
	 * Find the price of a product.
	 * @param product the product's name, in upper or lower case
	 * @return the price of one, or empty if the shop does not sell it
	 */
	public Optional<BigDecimal> priceOf(String product) {
		return Optional.ofNullable(this.prices.get(product.strip().toLowerCase(Locale.ROOT)));
	}

	/**
	 * List what the shop sells.
	 * @return the products' names
	 */
	public List<String> products() {
		return List.copyOf(this.prices.keySet());
	}

}
