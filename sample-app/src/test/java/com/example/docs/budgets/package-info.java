/**
 * Examples of budgets that the documentation shows.
 */
@NullMarked
package com.example.docs.budgets;

import org.jspecify.annotations.NullMarked;
