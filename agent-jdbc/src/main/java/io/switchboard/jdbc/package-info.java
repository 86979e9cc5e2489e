/**
 * The journal in a database.
 */
@NullMarked
package io.switchboard.jdbc;

import org.jspecify.annotations.NullMarked;
