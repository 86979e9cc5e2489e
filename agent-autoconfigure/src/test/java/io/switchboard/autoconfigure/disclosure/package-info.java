/**
 * Tests of what may be told of a failure.
 */
@NullMarked
package io.switchboard.autoconfigure.disclosure;

import org.jspecify.annotations.NullMarked;
