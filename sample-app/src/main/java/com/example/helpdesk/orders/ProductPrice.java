package com.example.helpdesk.orders;

import java.math.BigDecimal;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What a model is told about a price.
 *
 * @param product the product that was asked for
 * @param price the price of one in euros, if the shop sells it
 * @param products what the shop sells, if it does not sell this one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProductPrice(String product, @Nullable BigDecimal price, @Nullable List<String> products) {

	static ProductPrice of(String product, PriceList prices) {
		return prices.priceOf(product)
			.map((price) -> new ProductPrice(product, price, null))
			.orElseGet(() -> new ProductPrice(product, null, prices.products()));
	}

}
