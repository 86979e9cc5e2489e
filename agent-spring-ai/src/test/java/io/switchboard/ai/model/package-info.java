/**
 * Tests for models and their providers.
 */
@NullMarked
package io.switchboard.ai.model;

import org.jspecify.annotations.NullMarked;
