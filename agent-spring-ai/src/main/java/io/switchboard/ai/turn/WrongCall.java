package io.switchboard.ai.turn;

import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.ai.tool.definition.ToolDefinition;

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
	 * Answer a call whose arguments the tool cannot take.
	 * @param tool the tool called
	 * @return the answer
	 */
	static String wrongArguments(ToolDefinition tool) {
		return "The arguments of tool '%s' must be one JSON object that fits this schema: %s. Call it again with such."
			.formatted(tool.name(), tool.inputSchema());
	}

	/**
	 * Check that arguments are an object with all that the tool requires. Whether each
	 * value has the right type shows when the tool is called.
	 * @param tool the tool called
	 * @param arguments the arguments
	 * @return {@code true} if nothing is missing
	 */
	static boolean fits(ToolDefinition tool, String arguments) {
		JsonNode given = read(arguments);
		if (given == null || !given.isObject()) {
			return false;
		}
		JsonNode schema = read(tool.inputSchema());
		return schema == null
				|| schema.path("required").valueStream().allMatch((name) -> given.hasNonNull(name.asString()));
	}

	private static @Nullable JsonNode read(String text) {
		try {
			return JSON.readTree(text);
		}
		catch (JacksonException ex) {
			return null;
		}
	}

}
