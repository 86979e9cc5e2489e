/**
 * What it costs that sessions survive, and what readers do who all come back at once.
 */
@NullMarked
package io.switchboard.benchmarks.http.durability;

import org.jspecify.annotations.NullMarked;
