package io.switchboard.autoconfigure.diagnostics;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Keys were set that nobody reads.
 *
 * @since 0.1.0
 */
public final class UnknownSettingException extends AgentSetupException {

	private static final long serialVersionUID = 1L;

	UnknownSettingException(List<Setting> settings) {
		super("Settings of the agents are not known:%n%n%s".formatted(
				settings.stream().map(UnknownSettingException::describe).collect(Collectors.joining("%n".formatted()))),
				"Correct the keys, or remove them. All keys are listed in the documentation of the configuration.");
	}

	private static String describe(Setting setting) {
		return "    - %s (in %s).%s Allowed here: %s".formatted(setting.key(), setting.origin(),
				NearestName.question(setting.name(), setting.allowed()), String.join(", ", setting.allowed()));
	}

	/**
	 * A key that nobody reads.
	 *
	 * @param key the whole key, up to the part that is not known
	 * @param name the part that is not known
	 * @param allowed what could stand there
	 * @param origin where it is set
	 */
	record Setting(String key, String name, Collection<String> allowed, String origin) {

	}

}
