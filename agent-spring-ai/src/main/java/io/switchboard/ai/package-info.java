/**
 * Agents whose work is a model call.
 */
@NullMarked
package io.switchboard.ai;

import org.jspecify.annotations.NullMarked;
