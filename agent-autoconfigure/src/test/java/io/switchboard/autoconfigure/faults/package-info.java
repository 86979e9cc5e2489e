/**
 * Turns under a mix of everything that can go wrong.
 */
@NullMarked
package io.switchboard.autoconfigure.faults;

import org.jspecify.annotations.NullMarked;
