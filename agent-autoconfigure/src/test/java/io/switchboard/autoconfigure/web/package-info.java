/**
 * Tests of turns over HTTP.
 */
@NullMarked
package io.switchboard.autoconfigure.web;

import org.jspecify.annotations.NullMarked;
