/**
 * Parts of the runtime that are seen from inside its package only, under JMH.
 */
@NullMarked
package io.switchboard.runtime;

import org.jspecify.annotations.NullMarked;
