/**
 * Tests of the rules, and of what only the inside can see.
 */
@NullMarked
package io.switchboard.runtime;

import org.jspecify.annotations.NullMarked;
