/**
 * Test kit for agents and for what supervises them.
 */
@NullMarked
package io.switchboard.test;

import org.jspecify.annotations.NullMarked;
