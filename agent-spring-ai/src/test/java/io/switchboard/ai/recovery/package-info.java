/**
 * Tests for what is done about failures.
 */
@NullMarked
package io.switchboard.ai.recovery;

import org.jspecify.annotations.NullMarked;
