/**
 * What an operator does by hand, whichever way it is asked for: one way through, which
 * checks what is possible and writes down who did what.
 */
@NullMarked
package io.switchboard.autoconfigure.operations;

import org.jspecify.annotations.NullMarked;
