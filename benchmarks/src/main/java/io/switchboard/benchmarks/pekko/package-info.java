/**
 * The works done by Apache Pekko's typed actors, to compare with.
 */
@NullMarked
package io.switchboard.benchmarks.pekko;

import org.jspecify.annotations.NullMarked;
