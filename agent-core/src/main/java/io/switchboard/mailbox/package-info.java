/**
 * The bounded queue in front of an agent, and what happens when it is full.
 */
@NullMarked
package io.switchboard.mailbox;

import org.jspecify.annotations.NullMarked;
