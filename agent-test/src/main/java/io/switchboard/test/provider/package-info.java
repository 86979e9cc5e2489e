/**
 * A provider that speaks the protocols of OpenAI, Anthropic and Ollama over a real socket
 * and fails on demand.
 */
@NullMarked
package io.switchboard.test.provider;

import org.jspecify.annotations.NullMarked;
