/**
 * The tests that the documentation shows.
 */
@NullMarked
package com.example.docs.testing;

import org.jspecify.annotations.NullMarked;
