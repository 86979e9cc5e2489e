package io.switchboard.autoconfigure.line;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.ClassUtils;

/**
 * Lets Reactor's shared scheduler for blocking work have as many threads as Anthropic's
 * client may have streams. Spring AI reads each on one of those, by name, and Reactor has
 * ten of them for each processor, which is decided once in the life of the JVM: so this
 * comes before anything touches Reactor.
 * <p>
 * What the JVM was told stays. Threads are made when they are needed and end when they
 * have been idle for a minute.
 */
final class SharedThreads implements EnvironmentPostProcessor, Ordered {

	static final String SIZE = "reactor.schedulers.defaultBoundedElasticSize";

	private static final String ANTHROPIC = "org.springframework.ai.model.anthropic.autoconfigure.AnthropicChatAutoConfiguration";

	@Override
	public int getOrder() {
		return LOWEST_PRECEDENCE;
	}

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		if (System.getProperty(SIZE) != null || !ClassUtils.isPresent(ANTHROPIC, application.getClassLoader())) {
			return;
		}
		Binder binder = Binder.get(environment);
		if (binder.bind("spring.ai.model.chat", String.class).orElse("anthropic").equals("anthropic")) {
			AnthropicProperties settings = binder.bindOrCreate(AnthropicProperties.PREFIX, AnthropicProperties.class);
			System.setProperty(SIZE, String.valueOf(settings.maxStreams()));
		}
	}

}
