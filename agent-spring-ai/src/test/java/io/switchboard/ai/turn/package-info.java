/**
 * Tests of turns.
 */
@NullMarked
package io.switchboard.ai.turn;

import org.jspecify.annotations.NullMarked;
