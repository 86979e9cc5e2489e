/**
 * The words an agent is written with: its path, its behaviour, the references that reach
 * it.
 */
@NullMarked
package io.switchboard;

import org.jspecify.annotations.NullMarked;
