/**
 * Models and their providers: the call, its limits, and what all agents share.
 */
@NullMarked
package io.switchboard.ai.model;

import org.jspecify.annotations.NullMarked;
