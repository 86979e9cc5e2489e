/**
 * Explains what is wrong with a setup, so that start-up failures say what to write.
 */
@NullMarked
package io.switchboard.autoconfigure.diagnostics;

import org.jspecify.annotations.NullMarked;
