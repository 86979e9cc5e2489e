package io.switchboard.autoconfigure.line;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.apache.commons.logging.Log;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.logging.DeferredLogFactory;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.ClassUtils;

/**
 * Turns the retries of the clients of models off, and the time-out of a minute that cuts
 * healthy streams, where the application does not say otherwise. A turn retries by its
 * own recovery, with what the provider asks for, and has limits of its own; what clients
 * do below would come on top, unseen.
 * <p>
 * It comes late, to see what all others have set, and last in the order of sources.
 */
final class ModelClientDefaults implements EnvironmentPostProcessor, Ordered {

	static final String SOURCE = "switchboardModelClientDefaults";

	private static final String PACKAGE = "org.springframework.ai.model.";

	/**
	 * Of each client: its key, the keys that mean the same, the default, and a class that
	 * is there if the client is.
	 */
	private static final List<Default> DEFAULTS = List.of(
			new Default("spring.ai.openai.chat.max-retries", List.of("spring.ai.openai.max-retries"), 0,
					PACKAGE + "openai.autoconfigure.OpenAiChatAutoConfiguration"),
			new Default("spring.ai.anthropic.max-retries", List.of(), 0,
					PACKAGE + "anthropic.autoconfigure.AnthropicChatAutoConfiguration"),
			new Default("spring.ai.anthropic.timeout", List.of(), "10m",
					PACKAGE + "anthropic.autoconfigure.AnthropicChatAutoConfiguration"),
			new Default("spring.ai.retry.max-attempts", List.of(), 0,
					"org.springframework.ai.retry.autoconfigure.SpringAiRetryAutoConfiguration"));

	private final Log log;

	ModelClientDefaults(DeferredLogFactory logs) {
		this.log = logs.getLog(ModelClientDefaults.class);
	}

	@Override
	public int getOrder() {
		return LOWEST_PRECEDENCE;
	}

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		Binder binder = Binder.get(environment);
		Map<String, Object> values = new LinkedHashMap<>();
		for (Default setting : DEFAULTS) {
			if (ClassUtils.isPresent(setting.client(), application.getClassLoader()) && !setting.isSet(binder)) {
				values.put(setting.key(), setting.value());
			}
		}
		if (!values.isEmpty()) {
			environment.getPropertySources().addLast(new MapPropertySource(SOURCE, values));
			this.log.info("Agents retry by themselves, so the clients of models do not, unless these keys are set: %s"
				.formatted(values));
		}
	}

	/**
	 * One default.
	 *
	 * @param key the key to set
	 * @param others keys that would be overridden by it
	 * @param value the value
	 * @param client a class of the client
	 */
	private record Default(String key, List<String> others, Object value, String client) {

		boolean isSet(Binder binder) {
			return isBound(binder, this.key) || this.others.stream().anyMatch((other) -> isBound(binder, other));
		}

		private static boolean isBound(Binder binder, String key) {
			return binder.bind(key, String.class).isBound();
		}

	}

}
