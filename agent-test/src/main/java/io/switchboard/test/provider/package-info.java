/**
 * A provider that speaks OpenAI's chat protocol over a real socket and fails on demand.
 */
@NullMarked
package io.switchboard.test.provider;

import org.jspecify.annotations.NullMarked;
