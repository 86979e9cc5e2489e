/**
 * Turns annotated classes into agents.
 */
@NullMarked
package io.switchboard.autoconfigure.annotated;

import org.jspecify.annotations.NullMarked;
