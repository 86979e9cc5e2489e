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
 * @param limits How much one caller, and all together, may ask for.
 * @since 0.1.0
 */
@ConfigurationProperties("switchboard.web")
public record AgentWebProperties(@DefaultValue("true") boolean enabled, @DefaultValue("/agents") String basePath,
		@DefaultValue("64KB") DataSize maxInput, @DefaultValue("5m") Duration turnTimeout,
		@DefaultValue("15s") Duration keepAlive, @DefaultValue("256") int readerBuffer,
		@DefaultValue("false") boolean showMessages, @DefaultValue("false") boolean listApprovals,
		@DefaultValue("SWITCHBOARD_OPERATOR") String operatorRole, @DefaultValue Limits limits) {

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

	/**
	 * How much callers may ask for. A caller is a logged-in user, or an address if nobody
	 * is logged in; of IPv6 the network of 64 bits. Zero stands for no limit.
	 *
	 * @param turnsPerUser Turns that one user may begin in a minute.
	 * @param turnsPerAddress Turns that those who are not logged in may begin in a minute
	 * from one address.
	 * @param turnsOfAll Turns that all together may begin in a minute.
	 * @param streamsPerUser Streams of events that one user may keep open.
	 * @param streamsPerAddress Streams of events that those who are not logged in may
	 * keep open from one address.
	 * @param streamsOfAll Streams of events that all together may keep open.
	 * @param bodyTimeout How long the body of a request may take to come.
	 * @since 0.1.0
	 */
	public record Limits(@DefaultValue("60") int turnsPerUser, @DefaultValue("1200") int turnsPerAddress,
			@DefaultValue("6000") int turnsOfAll, @DefaultValue("32") int streamsPerUser,
			@DefaultValue("1000") int streamsPerAddress, @DefaultValue("10000") int streamsOfAll,
			@DefaultValue("30s") Duration bodyTimeout) {

		/**
		 * Check the settings.
		 * @throws IllegalArgumentException if one is impossible
		 */
		public Limits {
			notNegative("turns-per-user", turnsPerUser);
			notNegative("turns-per-address", turnsPerAddress);
			notNegative("turns-of-all", turnsOfAll);
			notNegative("streams-per-user", streamsPerUser);
			notNegative("streams-per-address", streamsPerAddress);
			notNegative("streams-of-all", streamsOfAll);
			positive("limits.body-timeout", bodyTimeout, bodyTimeout.toMillis());
		}

		private static void notNegative(String name, int value) {
			Assert.isTrue(value >= 0, () -> "switchboard.web.limits.%s is '%d' and cannot be negative: zero is no limit"
				.formatted(name, value));
		}

	}

}
