/**
 * The two applications that are compared.
 */
@NullMarked
package io.switchboard.benchmarks.http.app;

import org.jspecify.annotations.NullMarked;
