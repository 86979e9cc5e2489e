/**
 * How a running tree must behave. Tests that show a row of the project's conformance
 * table, which puts OTP's and Elixir's own tests into words, say so.
 */
@NullMarked
package io.switchboard.test.behaviour;

import org.jspecify.annotations.NullMarked;
