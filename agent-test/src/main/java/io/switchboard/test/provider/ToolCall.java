package io.switchboard.test.provider;

import java.util.ArrayList;
import java.util.List;

/**
 * A tool that an answer asks for.
 *
 * @param name the tool
 * @param arguments the arguments as JSON text; not checked
 * @since 0.1.0
 */
public record ToolCall(String name, String arguments) {

	private static final int FRAGMENT = 8;

	/**
	 * The arguments in the pieces that a stream sends.
	 */
	List<String> fragments() {
		List<String> fragments = new ArrayList<>();
		for (int at = 0; at < this.arguments.length(); at += FRAGMENT) {
			fragments.add(this.arguments.substring(at, Math.min(at + FRAGMENT, this.arguments.length())));
		}
		return fragments;
	}

}
