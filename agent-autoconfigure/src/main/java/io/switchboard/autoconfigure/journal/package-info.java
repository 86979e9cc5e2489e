/**
 * Gives the agents a journal: in memory, in a file or in the application's database.
 */
@NullMarked
package io.switchboard.autoconfigure.journal;

import org.jspecify.annotations.NullMarked;
