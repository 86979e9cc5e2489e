/**
 * Races between threads, each tried a great many times under jcstress.
 */
@NullMarked
package io.switchboard.benchmarks.races;

import org.jspecify.annotations.NullMarked;
