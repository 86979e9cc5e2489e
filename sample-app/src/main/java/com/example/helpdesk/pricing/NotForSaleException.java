package com.example.helpdesk.pricing;

import java.util.List;

import io.switchboard.RequestFailedException;

/**
 * The pricing agent's answer where there is no price. It is an answer and no crash.
 */
class NotForSaleException extends RequestFailedException {

	private static final long serialVersionUID = 1L;

	NotForSaleException(String product, List<String> products) {
		super("We do not sell '%s'. We sell: %s.".formatted(product, String.join(", ", products)));
	}

}
