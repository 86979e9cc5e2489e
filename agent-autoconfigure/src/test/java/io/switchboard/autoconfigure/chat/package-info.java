/**
 * Tests of agents that call a model.
 */
@NullMarked
package io.switchboard.autoconfigure.chat;

import org.jspecify.annotations.NullMarked;
