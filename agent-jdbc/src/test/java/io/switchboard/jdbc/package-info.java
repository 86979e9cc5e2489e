/**
 * Tests of the journal in real databases.
 */
@NullMarked
package io.switchboard.jdbc;

import org.jspecify.annotations.NullMarked;
