/**
 * Immutable specifications: what a supervision tree looks like and how it heals.
 */
@NullMarked
package io.switchboard.supervision;

import org.jspecify.annotations.NullMarked;
