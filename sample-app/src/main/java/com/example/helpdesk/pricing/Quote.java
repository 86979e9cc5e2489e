package com.example.helpdesk.pricing;

import java.math.BigDecimal;

/**
 * What something costs.
 *
 * @param number counts the quotes of one life of the agent
 * @param product the product's name
 * @param price the price of one in euros
 */
record Quote(int number, String product, BigDecimal price) {

}
