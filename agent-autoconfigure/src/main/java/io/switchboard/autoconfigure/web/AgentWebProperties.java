package io.switchboard.autoconfigure.web;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;

/**
 * Settings of turns over HTTP.
 *
 * @param enabled Whether agents can be talked to over HTTP.
 * @param basePath Path below which agents are found.
 * @param maxInput Largest input of a turn, in bytes of UTF-8.
 * @param turnTimeout How long a request for a JSON answer waits. The turn goes on after
 * that.
 * @param keepAlive How often a stream of events is sent a comment, so that proxies do not
 * close it. Also how long the response waits for the turn's first event, to be able to
 * answer with an error status.
 * @param readerBuffer How many events may wait for a slow reader before it is
 * disconnected.
 * @param showMessages Whether clients are told messages of exceptions, as far as the
 * sanitizer lets them be seen. They may quote prompts, keys and personal data.
 * @param listApprovals Whether one request lists what all sessions of an agent ask
 * people, which tells the names of the sessions. What one session asks is listed in any
 * case.
 * @param operatorRole Role or authority of those who may see and end the sessions of all
 * users, with Spring Security.
 * @since 0.1.0
 */
@ConfigurationProperties("switchboard.web")
public record AgentWebProperties(@DefaultValue("true") boolean enabled, @DefaultValue("/agents") String basePath,
		@DefaultValue("64KB") DataSize maxInput, @DefaultValue("5m") Duration turnTimeout,
		@DefaultValue("15s") Duration keepAlive, @DefaultValue("256") int readerBuffer,
		@DefaultValue("false") boolean showMessages, @DefaultValue("false") boolean listApprovals,
		@DefaultValue("SWITCHBOARD_OPERATOR") String operatorRole) {

	/**
	 * Check the settings.
	 * @throws IllegalArgumentException if one is impossible
	 */
	public AgentWebProperties {
		Assert.isTrue(basePath.matches("(/[^/{}*?\\s]+)+"),
				() -> "switchboard.web.base-path is '%s', which is not possible: it begins with a slash and does not end with one, as in '/agents'"
					.formatted(basePath));
		Assert.hasText(operatorRole,
				"switchboard.web.operator-role is blank: name a role, such as 'SWITCHBOARD_OPERATOR'");
		positive("max-input", maxInput, maxInput.toBytes());
		positive("turn-timeout", turnTimeout, turnTimeout.toMillis());
		positive("keep-alive", keepAlive, keepAlive.toMillis());
		positive("reader-buffer", readerBuffer, readerBuffer);
	}

	private static void positive(String name, Object value, long amount) {
		Assert.isTrue(amount > 0,
				() -> "switchboard.web.%s is '%s' and has to be more than zero".formatted(name, value));
	}

}
