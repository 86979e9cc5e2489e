/**
 * What to do about a failure in a turn, rung by rung.
 */
@NullMarked
package io.switchboard.ai.recovery;

import org.jspecify.annotations.NullMarked;
