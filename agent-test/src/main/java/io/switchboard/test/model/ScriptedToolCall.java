package io.switchboard.test.model;

/**
 * A tool call of a step, before a call gives it its id.
 *
 * @param name the tool
 * @param arguments its arguments as the model would write them, well-formed JSON or not
 */
record ScriptedToolCall(String name, String arguments) {

}
