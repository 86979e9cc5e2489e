package com.example.helpdesk.pricing;

/**
 * Asks the pricing agent what something costs.
 *
 * @param product the product's name
 */
record QuoteRequest(String product) {

}
