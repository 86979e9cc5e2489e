package io.switchboard.ai.turn;

import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.ai.tool.definition.ToolDefinition;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Explains to a model what is wrong with its call of a tool, so that it can try again.
 */
final class WrongCall {

	private static final JsonMapper JSON = new JsonMapper();

	private WrongCall() {
	}

	/**
	 * Answer a call of a tool that does not exist.
	 * @param tool the name called
	 * @param names the names there are
	 * @return the answer
	 */
	static String unknownTool(String tool, Set<String> names) {
		if (names.isEmpty()) {
			return "There is no tool '%s', and there are no others. Answer without tools.".formatted(tool);
		}
		return "There is no tool '%s'. The tools are: %s. Call one of them or answer without.".formatted(tool,
				String.join(", ", names));
	}

	/**
	 * Check the arguments of a call.
	 * @param tool the tool called
	 * @param arguments the arguments
	 * @return the answer, or {@code null} if nothing is wrong
	 */
	static @Nullable String wrongArguments(ToolDefinition tool, String arguments) {
		if (isObject(arguments)) {
			return null;
		}
		return "The arguments of tool '%s' must be one JSON object that matches this schema: %s. Call it again with such."
			.formatted(tool.name(), tool.inputSchema());
	}

	private static boolean isObject(String text) {
		try {
			JsonNode node = JSON.readTree(text);
			return node != null && node.isObject();
		}
		catch (JacksonException ex) {
			return false;
		}
	}

}
