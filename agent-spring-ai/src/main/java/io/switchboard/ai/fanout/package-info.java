/**
 * Agents that ask other agents: several at once, or one as a tool.
 */
@NullMarked
package io.switchboard.ai.fanout;

import org.jspecify.annotations.NullMarked;
