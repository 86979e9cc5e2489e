package io.switchboard.autoconfigure.line;

import java.util.List;
import java.util.Map;

import io.switchboard.ai.turn.TurnCompleted;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * Takes one turn over each client, and ends.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class ShortApplication {

	/**
	 * Run the application.
	 * @param arguments where the provider listens
	 */
	public static void main(String[] arguments) {
		String root = arguments[0];
		Map<String, Object> settings = Map.ofEntries(Map.entry("spring.ai.openai.base-url", root + "/v1"),
				Map.entry("spring.ai.openai.api-key", "any"), Map.entry("spring.ai.openai.chat.model", "fake-model"),
				Map.entry("spring.ai.anthropic.base-url", root), Map.entry("spring.ai.anthropic.api-key", "any"),
				Map.entry("spring.ai.ollama.base-url", root), Map.entry("spring.ai.ollama.chat.model", "fake-model"),
				Map.entry("switchboard.agents.one.model", "openAiChatModel"),
				Map.entry("switchboard.agents.one.instructions", "Be kind."),
				Map.entry("switchboard.agents.two.model", "anthropicChatModel"),
				Map.entry("switchboard.agents.two.instructions", "Be kind."),
				Map.entry("switchboard.agents.three.model", "ollamaChatModel"),
				Map.entry("switchboard.agents.three.instructions", "Be kind."));
		ConfigurableApplicationContext context = new SpringApplicationBuilder(ShortApplication.class)
			.web(WebApplicationType.NONE)
			.properties(settings)
			.run();
		for (String agent : List.of("one", "two", "three")) {
			if (!(Clients.turn(context, agent).blockLast(Clients.LIMIT) instanceof TurnCompleted)) {
				throw new IllegalStateException("Agent '%s' has not answered".formatted(agent));
			}
		}
		context.close();
	}

}
