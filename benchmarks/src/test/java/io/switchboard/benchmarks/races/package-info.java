/**
 * Tests of the races.
 */
@NullMarked
package io.switchboard.benchmarks.races;

import org.jspecify.annotations.NullMarked;
