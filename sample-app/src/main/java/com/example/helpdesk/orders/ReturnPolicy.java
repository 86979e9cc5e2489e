package com.example.helpdesk.orders;

/**
 * The shop's terms for goods that come back.
 *
 * @param days how many days after delivery goods may be sent back
 * @param condition in what state
 * @param refundDays how many days the money takes
 */
public record ReturnPolicy(int days, String condition, int refundDays) {
}
