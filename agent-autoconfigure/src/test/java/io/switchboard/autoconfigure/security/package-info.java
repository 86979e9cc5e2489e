/**
 * Tests of what the application needs to be safe.
 */
@NullMarked
package io.switchboard.autoconfigure.security;

import org.jspecify.annotations.NullMarked;
