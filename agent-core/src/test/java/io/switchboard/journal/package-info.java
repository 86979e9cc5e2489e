/**
 * What every journal keeps to.
 */
@NullMarked
package io.switchboard.journal;

import org.jspecify.annotations.NullMarked;
