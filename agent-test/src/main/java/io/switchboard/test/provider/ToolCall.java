package io.switchboard.test.provider;

/**
 * A tool that an answer asks for.
 *
 * @param name the tool
 * @param arguments the arguments as JSON text; not checked
 * @since 0.1.0
 */
public record ToolCall(String name, String arguments) {

}
