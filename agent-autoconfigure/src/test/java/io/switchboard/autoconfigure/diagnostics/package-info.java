/**
 * Tests of the explanations at start-up.
 */
@NullMarked
package io.switchboard.autoconfigure.diagnostics;

import org.jspecify.annotations.NullMarked;
