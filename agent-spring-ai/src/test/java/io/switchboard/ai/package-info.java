/**
 * Tests of model agents and their conversations.
 */
@NullMarked
package io.switchboard.ai;

import org.jspecify.annotations.NullMarked;
