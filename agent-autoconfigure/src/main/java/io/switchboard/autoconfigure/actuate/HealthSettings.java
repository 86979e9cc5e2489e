package io.switchboard.autoconfigure.actuate;

import java.time.Duration;
import java.util.List;

import io.switchboard.autoconfigure.diagnostics.InvalidSettingException;
import io.switchboard.autoconfigure.diagnostics.InvalidSettingException.Setting;

/**
 * Checks the settings of the health.
 */
final class HealthSettings {

	private HealthSettings() {
	}

	static void atLeastOne(String key, int value) {
		if (value < 1) {
			throw new InvalidSettingException(
					List.of(new Setting("management.health." + key, Integer.toString(value), "1 or more")));
		}
	}

	static void positive(String key, Duration value) {
		if (value.isNegative() || value.isZero()) {
			throw new InvalidSettingException(List.of(new Setting("management.health." + key, value.toString(),
					"a duration of more than zero, such as 1m")));
		}
	}

}
