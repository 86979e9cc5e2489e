/**
 * Measurements of the runtime, alone and beside others.
 */
@NullMarked
package io.switchboard.benchmarks;

import org.jspecify.annotations.NullMarked;
