/**
 * Single parts of the runtime under JMH, to see what a change to one of them does.
 */
@NullMarked
package io.switchboard.benchmarks.parts;

import org.jspecify.annotations.NullMarked;
