/**
 * Tests of the {@code agents} endpoint.
 */
@NullMarked
package io.switchboard.autoconfigure.actuate;

import org.jspecify.annotations.NullMarked;
