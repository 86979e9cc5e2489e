/**
 * OpenAI's client, made fit for thousands of streams at once.
 */
@NullMarked
package io.switchboard.autoconfigure.openai;

import org.jspecify.annotations.NullMarked;
