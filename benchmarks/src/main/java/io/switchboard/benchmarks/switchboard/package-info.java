/**
 * The works done by this runtime, through what it offers to everybody.
 */
@NullMarked
package io.switchboard.benchmarks.switchboard;

import org.jspecify.annotations.NullMarked;
