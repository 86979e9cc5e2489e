/**
 * Tests of the lines to the clients of providers.
 */
@NullMarked
package io.switchboard.autoconfigure.line;

import org.jspecify.annotations.NullMarked;
