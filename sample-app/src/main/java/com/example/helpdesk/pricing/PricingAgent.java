package com.example.helpdesk.pricing;

import java.math.BigDecimal;

import com.example.helpdesk.orders.PriceList;
import io.switchboard.annotation.Agent;
import io.switchboard.annotation.OnMessage;

/**
 * Tells what things cost. It calls no model: an agent is whatever handles messages.
 */
// tag::pricing-agent[]
@Agent(supervisor = "desk")
class PricingAgent {

	private final PriceList prices;

	private int quotes;

	PricingAgent(PriceList prices) {
		this.prices = prices;
	}

	@OnMessage
	Quote quote(QuoteRequest request) {
		BigDecimal price = this.prices.priceOf(request.product())
			.orElseThrow(() -> new NotForSaleException(request.product(), this.prices.products()));
		this.quotes++;
		return new Quote(this.quotes, request.product(), price);
	}

}
// end::pricing-agent[]
