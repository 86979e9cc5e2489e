/**
 * What the application needs to be safe with Spring Security, and is told without it.
 */
@NullMarked
package io.switchboard.autoconfigure.security;

import org.jspecify.annotations.NullMarked;
