/**
 * How a running tree must behave. {@code C1} and the like in a test's name are rows of
 * the project's conformance table, which puts OTP's and Elixir's own tests into words.
 */
@NullMarked
package io.switchboard.test.behaviour;

import org.jspecify.annotations.NullMarked;
