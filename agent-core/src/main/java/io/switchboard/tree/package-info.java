/**
 * Immutable snapshots of a supervision tree: what is.
 */
@NullMarked
package io.switchboard.tree;

import org.jspecify.annotations.NullMarked;
