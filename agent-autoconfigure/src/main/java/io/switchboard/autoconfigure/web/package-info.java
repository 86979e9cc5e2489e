/**
 * Turns over HTTP: the routes below {@code /agents} of a reactive application.
 */
@NullMarked
package io.switchboard.autoconfigure.web;

import org.jspecify.annotations.NullMarked;
