/**
 * Finds blocking calls on threads that must not block, while tests run.
 */
@NullMarked
package io.switchboard.blocking;

import org.jspecify.annotations.NullMarked;
