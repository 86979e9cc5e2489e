package com.example.docs.tools;

/**
 * An order.
 *
 * @param number its number
 */
record Order(long number) {

}
