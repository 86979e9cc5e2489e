/**
 * Runs the works interleaved, each run a process of its own, and compares.
 */
@NullMarked
package io.switchboard.benchmarks.comparison;

import org.jspecify.annotations.NullMarked;
