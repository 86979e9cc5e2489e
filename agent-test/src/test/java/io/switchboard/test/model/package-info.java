/**
 * Tests of the scripted chat model.
 */
@NullMarked
package io.switchboard.test.model;

import org.jspecify.annotations.NullMarked;
