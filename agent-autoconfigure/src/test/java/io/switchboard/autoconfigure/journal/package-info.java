/**
 * Tests of where the journal is kept.
 */
@NullMarked
package io.switchboard.autoconfigure.journal;

import org.jspecify.annotations.NullMarked;
