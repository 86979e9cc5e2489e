package io.switchboard.autoconfigure.chat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.switchboard.autoconfigure.diagnostics.AgentSetupException;
import io.switchboard.autoconfigure.diagnostics.NearestName;
import org.jspecify.annotations.Nullable;

/**
 * Agents do not know which chat model to call.
 */
final class ChatModelChoiceException extends AgentSetupException {

	private static final long serialVersionUID = 1L;

	/**
	 * Report the agents.
	 * @param undecided the agents, and the model that each asked for
	 * @param names the chat models there are
	 */
	ChatModelChoiceException(Map<String, @Nullable String> undecided, List<String> names) {
		super("Agents do not know which chat model to call:%n%n%s%n%n%s".formatted(undecided.entrySet()
			.stream()
			.map((entry) -> "    - " + describe(entry.getKey(), entry.getValue(), names))
			.collect(Collectors.joining(System.lineSeparator())), available(names)),
				action(undecided.keySet().iterator().next(), names));
	}

	private static String describe(String agent, @Nullable String model, List<String> names) {
		String key = "switchboard.agents.%s.model".formatted(agent);
		return (model != null) ? "%s is '%s'.%s".formatted(key, model, NearestName.question(model, names))
				: key + " is not set.";
	}

	private static String available(List<String> names) {
		return switch (names.size()) {
			case 0 -> "There is no ChatModel bean.";
			case 1 -> "The only ChatModel bean is '%s'.".formatted(names.get(0));
			default -> "The ChatModel beans are %s, and none of them is primary."
				.formatted(names.stream().map((name) -> "'" + name + "'").collect(Collectors.joining(", ")));
		};
	}

	private static String action(String agent, List<String> names) {
		if (names.isEmpty()) {
			return "Add the starter of a model, such as org.springframework.ai:spring-ai-starter-model-openai, with its settings, and see that 'spring.ai.model.chat' does not switch it off; or declare a ChatModel bean.";
		}
		return "Name one of them, for example%n%n    switchboard.agents.%s.model: %s%n%nor mark one bean as @Primary and leave the key out."
			.formatted(agent, names.get(0));
	}

}
