/**
 * A turn: one user message to a model agent until its final answer.
 */
@NullMarked
package io.switchboard.ai.turn;

import org.jspecify.annotations.NullMarked;
