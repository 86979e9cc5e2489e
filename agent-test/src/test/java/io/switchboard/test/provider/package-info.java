/**
 * Tests of the fake provider.
 */
@NullMarked
package io.switchboard.test.provider;

import org.jspecify.annotations.NullMarked;
