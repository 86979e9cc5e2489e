package com.example.helpdesk.pricing;

import io.switchboard.AgentRef;
import io.switchboard.runtime.AgentSystem;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Lets web clients ask the pricing agent.
 */
// tag::pricing-controller[]
@RestController
class PricingController {

	private final AgentRef<QuoteRequest> pricing;

	PricingController(AgentSystem system) {
		this.pricing = system.agent("/desk/pricing", QuoteRequest.class);
	}

	@GetMapping("/prices/{product}")
	Mono<Quote> price(@PathVariable String product) {
		return this.pricing.ask(new QuoteRequest(product), Quote.class);
	}

	@ExceptionHandler
	ProblemDetail notForSale(NotForSaleException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, String.valueOf(ex.getMessage()));
	}

}
// end::pricing-controller[]
