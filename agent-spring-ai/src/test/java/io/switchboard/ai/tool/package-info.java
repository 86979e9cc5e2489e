/**
 * Tests of calls of tools.
 */
@NullMarked
package io.switchboard.ai.tool;

import org.jspecify.annotations.NullMarked;
