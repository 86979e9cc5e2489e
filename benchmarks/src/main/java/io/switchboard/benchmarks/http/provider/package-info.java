/**
 * A provider of models as a process of its own, able to hold ten thousand streams.
 */
@NullMarked
package io.switchboard.benchmarks.http.provider;

import org.jspecify.annotations.NullMarked;
