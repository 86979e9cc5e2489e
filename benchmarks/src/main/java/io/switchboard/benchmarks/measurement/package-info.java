/**
 * What measuring takes: samples, a steady sender, readings of the process.
 */
@NullMarked
package io.switchboard.benchmarks.measurement;

import org.jspecify.annotations.NullMarked;
