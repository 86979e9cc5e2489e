/**
 * Examples of shared providers that the documentation shows.
 */
@NullMarked
package com.example.docs.providers;

import org.jspecify.annotations.NullMarked;
