/**
 * What must survive the process: the sessions that are known, the messages they have
 * accepted, the steps of their turns and the events their clients were shown.
 */
@NullMarked
package io.switchboard.journal;

import org.jspecify.annotations.NullMarked;
