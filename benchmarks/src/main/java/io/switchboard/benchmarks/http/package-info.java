/**
 * Sessions over HTTP through the whole stack, beside the same done by hand: what the
 * processes of such a run have in common.
 */
@NullMarked
package io.switchboard.benchmarks.http;

import org.jspecify.annotations.NullMarked;
