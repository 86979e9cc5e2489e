/**
 * The works: what is done and measured, written once for all contenders.
 */
@NullMarked
package io.switchboard.benchmarks.works;

import org.jspecify.annotations.NullMarked;
