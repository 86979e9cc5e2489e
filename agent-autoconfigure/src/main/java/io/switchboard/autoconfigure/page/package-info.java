/**
 * The page at {@code /switchboard}: the tree as it moves, for people.
 */
@NullMarked
package io.switchboard.autoconfigure.page;

import org.jspecify.annotations.NullMarked;
