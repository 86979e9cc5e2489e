package io.switchboard.ai.tool;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.switchboard.ai.failure.FailureClass;
import io.switchboard.ai.failure.TurnFailure;

import org.springframework.ai.tool.definition.ToolDefinition;

/**
 * Explains to a model what is wrong with its call of a tool, so that it can try again.
 */
final class WrongCall {

	private WrongCall() {
	}

	/**
	 * Answer a call of a tool that does not exist.
	 * @param tool the name called
	 * @param names the names there are
	 * @return the answer
	 */
	static ToolOutcome unknownTool(String tool, Collection<String> names) {
		return new ToolOutcome.Failed(TurnFailure.of(FailureClass.UNKNOWN_TOOL), explain(tool, names));
	}

	private static String explain(String tool, Collection<String> names) {
		if (names.isEmpty()) {
			return "There is no tool '%s', and there are no others. Answer without tools.".formatted(tool);
		}
		return "There is no tool '%s'.%s The tools are: %s. Call one of them or answer without.".formatted(tool,
				question(NearestNames.of(tool, names)), String.join(", ", new TreeSet<>(names)));
	}

	private static String question(List<String> nearest) {
		return nearest.isEmpty() ? ""
				: nearest.stream()
					.map((name) -> "'" + name + "'")
					.collect(Collectors.joining(" or ", " Did you mean ", "?"));
	}

	/**
	 * Answer a call whose arguments the tool cannot take.
	 * @param tool the tool called
	 * @param problems what is wrong with them, as far as that can be told
	 * @return the answer
	 */
	static ToolOutcome wrongArguments(ToolDefinition tool, List<String> problems) {
		String text = "The arguments of tool '%s' do not fit%s. They must be one JSON object that fits this schema: %s. "
			.formatted(tool.name(), problems.isEmpty() ? "" : ": " + String.join(", ", problems), tool.inputSchema())
				+ "Call it again with such.";
		return new ToolOutcome.Failed(TurnFailure.of(FailureClass.INVALID_OUTPUT,
				"The arguments for tool '%s' do not fit its schema".formatted(tool.name())), text);
	}

}
