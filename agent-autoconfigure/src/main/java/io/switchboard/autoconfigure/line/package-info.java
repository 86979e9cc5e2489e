/**
 * Lines to the clients of providers: what makes a cancelled call close its connection.
 */
@NullMarked
package io.switchboard.autoconfigure.line;

import org.jspecify.annotations.NullMarked;
