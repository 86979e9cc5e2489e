package io.switchboard.autoconfigure.kills;

/**
 * An answer that a client has waited for.
 *
 * @param label the turn that was asked for
 * @param turn the turn's id
 * @param text the answer
 */
record Answered(String label, String turn, String text) {
}
