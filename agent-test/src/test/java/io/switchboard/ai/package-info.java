/**
 * Tests of model agents in a running system, with scripted models and over real sockets.
 */
@NullMarked
package io.switchboard.ai;

import org.jspecify.annotations.NullMarked;
