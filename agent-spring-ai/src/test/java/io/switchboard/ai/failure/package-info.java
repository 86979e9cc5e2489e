/**
 * Tests of failures and their classes.
 */
@NullMarked
package io.switchboard.ai.failure;

import org.jspecify.annotations.NullMarked;
