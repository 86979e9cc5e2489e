/**
 * Tests of snapshots.
 */
@NullMarked
package io.switchboard.tree;

import org.jspecify.annotations.NullMarked;
