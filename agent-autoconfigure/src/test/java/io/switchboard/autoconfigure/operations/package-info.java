/**
 * Tests of what operators do by hand.
 */
@NullMarked
package io.switchboard.autoconfigure.operations;

import org.jspecify.annotations.NullMarked;
