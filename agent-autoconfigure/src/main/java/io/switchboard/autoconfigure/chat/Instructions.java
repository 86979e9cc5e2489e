package io.switchboard.autoconfigure.chat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

import io.switchboard.autoconfigure.SwitchboardProperties.Agent;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;
import org.springframework.util.ResourceUtils;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Reads what models are told to be. A single word or a URL is the location of a text,
 * everything else is the text itself.
 */
final class Instructions {

	private final ResourceLoader resourceLoader;

	Instructions(ResourceLoader resourceLoader) {
		this.resourceLoader = resourceLoader;
	}

	/**
	 * Read the instructions of all agents.
	 * @param agents the agents by name
	 * @return the texts by agent name, empty where there are none
	 * @throws MissingInstructionsException if some cannot be found
	 */
	Map<String, String> read(Map<String, Agent> agents) {
		Map<String, String> texts = new LinkedHashMap<>();
		Map<String, String> missing = new LinkedHashMap<>();
		agents.forEach((name, agent) -> {
			String instructions = agent.instructions();
			String text = read(instructions);
			if (text != null) {
				texts.put(name, text);
			}
			else {
				missing.put(name, String.valueOf(instructions));
			}
		});
		if (!missing.isEmpty()) {
			throw new MissingInstructionsException(missing);
		}
		return texts;
	}

	private @Nullable String read(@Nullable String instructions) {
		if (instructions == null || !isLocation(instructions)) {
			return (instructions != null) ? instructions : "";
		}
		Resource resource = this.resourceLoader.getResource(instructions.strip());
		if (!resource.isReadable()) {
			return null;
		}
		try {
			return resource.getContentAsString(UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Instructions cannot be read from " + resource.getDescription(), ex);
		}
	}

	private static boolean isLocation(String instructions) {
		String text = instructions.strip();
		return ResourceUtils.isUrl(text) || (!text.isEmpty() && text.chars().noneMatch(Character::isWhitespace));
	}

}
