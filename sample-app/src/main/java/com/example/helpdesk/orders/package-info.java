/**
 * The shop's orders and prices, and the tools through which an agent reaches them.
 */
@NullMarked
package com.example.helpdesk.orders;

import org.jspecify.annotations.NullMarked;
