package io.switchboard.autoconfigure.line;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * Settings of Anthropic's client.
 *
 * @param maxStreams How many answers may be waited for and read at once, each on a
 * thread. Unless the JVM is told another number, it is also that of the threads of
 * Reactor's shared scheduler for blocking work, on which Spring AI reads them.
 * @since 0.1.0
 */
@ConfigurationProperties("switchboard.anthropic")
public record AnthropicProperties(@DefaultValue("10000") int maxStreams) {

	static final String PREFIX = "switchboard.anthropic";

	/**
	 * Check the settings.
	 * @throws IllegalArgumentException if one is impossible
	 */
	public AnthropicProperties {
		Assert.isTrue(maxStreams > 0,
				() -> "switchboard.anthropic.max-streams is '%d' and has to be more than zero".formatted(maxStreams));
	}

}
