/**
 * Tests of the kit that tests the runtime.
 */
@NullMarked
package io.switchboard.test;

import org.jspecify.annotations.NullMarked;
