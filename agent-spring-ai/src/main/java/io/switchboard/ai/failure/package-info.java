/**
 * What goes wrong in a turn: its classes, and how they are found in exceptions.
 */
@NullMarked
package io.switchboard.ai.failure;

import org.jspecify.annotations.NullMarked;
