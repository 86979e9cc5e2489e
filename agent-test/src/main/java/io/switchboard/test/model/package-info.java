/**
 * A chat model that says what a test wrote down for it.
 */
@NullMarked
package io.switchboard.test.model;

import org.jspecify.annotations.NullMarked;
