/**
 * Spring Boot integration of agents.
 */
@NullMarked
package io.switchboard.autoconfigure;

import org.jspecify.annotations.NullMarked;
