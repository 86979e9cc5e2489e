package io.switchboard.autoconfigure.diagnostics;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Settings have values that make no sense.
 *
 * @since 0.1.0
 */
public final class InvalidSettingException extends AgentSetupException {

	private static final long serialVersionUID = 1L;

	/**
	 * Report the settings.
	 * @param settings the settings
	 */
	public InvalidSettingException(List<Setting> settings) {
		super("Settings of the agents are out of range:%n%n%s".formatted(settings.stream()
			.map((setting) -> "    - %s is '%s', allowed is %s".formatted(setting.key(), setting.value(),
					setting.allowed()))
			.collect(Collectors.joining(System.lineSeparator()))),
				"Change the values, or leave the keys out to get their defaults.");
	}

	/**
	 * A setting and its value.
	 *
	 * @param key the whole key
	 * @param value what came in
	 * @param allowed what is allowed
	 */
	public record Setting(String key, String value, String allowed) {

	}

}
