package com.example.helpdesk.orders;

import java.time.LocalDate;

/**
 * One box of an order on its way.
 *
 * @param carrier who carries it
 * @param expectedOn the day the carrier has promised, or the day it came
 * @param delivered whether the customer has it
 */
public record Parcel(String carrier, LocalDate expectedOn, boolean delivered) {
}
