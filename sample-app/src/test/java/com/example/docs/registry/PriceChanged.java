package com.example.docs.registry;

/**
 * Tells that a product has a new price.
 *
 * @param product the product
 * @param cents its price
 */
record PriceChanged(String product, int cents) {

}
