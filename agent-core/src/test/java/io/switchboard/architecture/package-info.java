/**
 * Rules on structure that every module checks itself against.
 */
@NullMarked
package io.switchboard.architecture;

import org.jspecify.annotations.NullMarked;
