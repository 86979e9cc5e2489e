package io.switchboard.runtime;

/**
 * A message that an incarnation sent itself for later. It dies with that incarnation.
 *
 * @param life the incarnation
 * @param message the message
 */
record Reminder(Incarnation life, Object message) {

}
