/**
 * Tests of the order book and its tools.
 */
@NullMarked
package com.example.helpdesk.orders;

import org.jspecify.annotations.NullMarked;
