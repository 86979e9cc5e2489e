package com.example.helpdesk.orders;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The shop's book and price list, as the sample starts with them.
 */
@Configuration(proxyBeanMethods = false)
class OrderConfiguration {

	@Bean
	OrderBook orderBook() {
		return SampleShop.orderBook();
	}

	@Bean
	PriceList priceList() {
		return SampleShop.priceList();
	}

}
