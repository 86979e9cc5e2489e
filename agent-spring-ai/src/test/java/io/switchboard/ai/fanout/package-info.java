/**
 * Tests of agents that ask agents.
 */
@NullMarked
package io.switchboard.ai.fanout;

import org.jspecify.annotations.NullMarked;
