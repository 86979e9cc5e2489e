package io.switchboard.benchmarks.works;

/**
 * One message of an agent's history.
 *
 * @param role who said it
 * @param text what was said
 */
public record Turn(String role, String text) {

}
