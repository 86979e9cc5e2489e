/**
 * A minute of everything at once, on real threads.
 */
@NullMarked
package io.switchboard.test.chaos;

import org.jspecify.annotations.NullMarked;
