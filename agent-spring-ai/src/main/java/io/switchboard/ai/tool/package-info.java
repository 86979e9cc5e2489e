/**
 * Tools that model agents call, each call with a life and an end of its own.
 */
@NullMarked
package io.switchboard.ai.tool;

import org.jspecify.annotations.NullMarked;
