/**
 * Tests of names, groups and topics without a runtime.
 */
@NullMarked
package io.switchboard.registry;

import org.jspecify.annotations.NullMarked;
