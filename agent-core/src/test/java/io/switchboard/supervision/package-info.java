/**
 * Tests of the specifications.
 */
@NullMarked
package io.switchboard.supervision;

import org.jspecify.annotations.NullMarked;
