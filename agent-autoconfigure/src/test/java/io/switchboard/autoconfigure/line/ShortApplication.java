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
 * Takes one turn over each client, and ends. It is started as applications are, so what
 * is set for the clients is set here by nobody else.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class ShortApplication {

	/**
	 * What clients are told where the application does not say otherwise.
	 */
	private static final Map<String, String> DEFAULTS = Map.of("spring.ai.openai.chat.max-retries", "0",
			"spring.ai.anthropic.max-retries", "0", "spring.ai.anthropic.timeout", "10m",
			"spring.ai.retry.max-attempts", "0");

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
		DEFAULTS.forEach((key, value) -> check(context, key, value));
		for (String agent : List.of("one", "two", "three")) {
			if (!(Clients.turn(context, agent).blockLast(Clients.LIMIT) instanceof TurnCompleted)) {
				throw new IllegalStateException("Agent '%s' has not answered".formatted(agent));
			}
		}
		context.close();
	}

	private static void check(ConfigurableApplicationContext context, String key, String expected) {
		String value = context.getEnvironment().getProperty(key);
		if (!expected.equals(value)) {
			throw new IllegalStateException("'%s' should be %s, but is %s".formatted(key, expected, value));
		}
	}

}
