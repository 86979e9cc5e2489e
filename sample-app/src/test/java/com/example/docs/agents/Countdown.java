package com.example.docs.agents;

/**
 * Asks to count down.
 *
 * @param from where to begin
 */
record Countdown(int from) {

}
