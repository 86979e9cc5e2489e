package io.switchboard.autoconfigure.openai;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * Settings of OpenAI's client.
 *
 * @param enabled Whether the chat model is made with these settings. Otherwise Spring AI
 * makes it with its own.
 * @param threads What kind of threads read the streams, one each.
 * @param maxWaiting How many requests may wait for the provider to begin its answer.
 * Others are sent later. Each takes a thread.
 * @param timeout How long a model call may take in all, its stream included, unless
 * 'spring.ai.openai.timeout' or 'spring.ai.openai.chat.timeout' says so.
 * @since 0.1.0
 */
@ConfigurationProperties("switchboard.openai")
public record OpenAiProperties(@DefaultValue("true") boolean enabled, @DefaultValue("auto") StreamThreads threads,
		@DefaultValue("10000") int maxWaiting, @DefaultValue("10m") Duration timeout) {

	/**
	 * Check the settings.
	 * @throws IllegalArgumentException if one is impossible
	 */
	public OpenAiProperties {
		positive("max-waiting", maxWaiting, maxWaiting);
		positive("timeout", timeout, timeout.toMillis());
	}

	private static void positive(String name, Object value, long amount) {
		Assert.isTrue(amount > 0,
				() -> "switchboard.openai.%s is '%s' and has to be more than zero".formatted(name, value));
	}

}
