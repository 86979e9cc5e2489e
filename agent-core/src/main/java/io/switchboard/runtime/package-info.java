/**
 * Runs supervision trees: the entry points are public, the machinery is not.
 */
@NullMarked
package io.switchboard.runtime;

import org.jspecify.annotations.NullMarked;
