/**
 * Tests of the Spring Boot integration.
 */
@NullMarked
package io.switchboard.autoconfigure;

import org.jspecify.annotations.NullMarked;
