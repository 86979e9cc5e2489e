/**
 * Loads an application with sessions, reads and checks what comes, and compares.
 */
@NullMarked
package io.switchboard.benchmarks.http.load;

import org.jspecify.annotations.NullMarked;
