/**
 * The {@code agents} endpoint of Actuator: the supervision tree as operators see it.
 */
@NullMarked
package io.switchboard.autoconfigure.actuate;

import org.jspecify.annotations.NullMarked;
