package io.switchboard.runtime;

import java.util.function.Consumer;

/**
 * Something to be done to a life between two messages.
 *
 * @param action what to do
 * @param notRunning to be run instead if the life ends first, or there is none
 */
record Intervention(Consumer<Incarnation> action, Runnable notRunning) {

}
