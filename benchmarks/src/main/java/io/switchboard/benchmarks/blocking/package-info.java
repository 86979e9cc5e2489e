/**
 * Measures what carries handlers that block.
 */
@NullMarked
package io.switchboard.benchmarks.blocking;

import org.jspecify.annotations.NullMarked;
