/**
 * Tests of OpenAI's client with many streams.
 */
@NullMarked
package io.switchboard.autoconfigure.openai;

import org.jspecify.annotations.NullMarked;
