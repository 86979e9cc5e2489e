/**
 * Tests of the mailbox.
 */
@NullMarked
package io.switchboard.mailbox;

import org.jspecify.annotations.NullMarked;
