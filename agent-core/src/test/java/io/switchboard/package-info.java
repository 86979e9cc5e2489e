/**
 * Tests of the words an agent is written with, and of the module as a whole.
 */
@NullMarked
package io.switchboard;

import org.jspecify.annotations.NullMarked;
