/**
 * Tests that the documentation is true, and the code it shows.
 */
@NullMarked
package com.example.docs;

import org.jspecify.annotations.NullMarked;
