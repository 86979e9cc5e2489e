/**
 * Tests of annotated agents.
 */
@NullMarked
package io.switchboard.autoconfigure.annotated;

import org.jspecify.annotations.NullMarked;
