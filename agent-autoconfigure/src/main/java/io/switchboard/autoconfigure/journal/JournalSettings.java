package io.switchboard.autoconfigure.journal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.switchboard.autoconfigure.diagnostics.InvalidSettingException;
import io.switchboard.autoconfigure.diagnostics.UnknownKeys;
import io.switchboard.autoconfigure.journal.JournalProperties.Retention;
import io.switchboard.journal.InMemoryJournal;
import io.switchboard.journal.JournalRetention;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;
import org.springframework.util.unit.DataSize;

/**
 * The settings of the journal, once they have been checked.
 *
 * @param properties the settings
 */
record JournalSettings(JournalProperties properties) {

	private static final int FEWEST_CONNECTIONS = 2;

	private static final Duration TURNS_ON_DISK = Duration.ofDays(7);

	private static final Duration SESSIONS_ON_DISK = Duration.ofDays(30);

	private static final Duration SESSIONS_IN_MEMORY = Duration.ofDays(1);

	static JournalSettings check(JournalProperties properties, Environment environment) {
		UnknownKeys.check(environment, "switchboard.journal", JournalProperties.class);
		Checks checks = new Checks();
		if (properties.connections() < FEWEST_CONNECTIONS) {
			checks.add("connections", properties.connections(), "2 or more, one to write and one to read");
		}
		checks.atLeastOne("capacity", properties.capacity());
		checks.positive("accept-timeout", properties.acceptTimeout());
		checks.positive("memory.max-size", properties.memory().maxSize());
		checks.positive("memory.max-turn-size", properties.memory().maxTurnSize());
		Retention retention = properties.retention();
		checks.notNegative("retention.turns", retention.turns());
		checks.notNegative("retention.sessions", retention.sessions());
		if (retention.events() < 0) {
			checks.add("retention.events", retention.events(), "zero or more");
		}
		checks.positive("retention.interval", retention.interval());
		checks.report();
		return new JournalSettings(properties);
	}

	/**
	 * How long to keep what.
	 * @param durable whether the journal is on a disk, where there is room
	 * @return the times
	 */
	JournalRetention retention(boolean durable) {
		Retention retention = this.properties.retention();
		return new JournalRetention(
				Objects.requireNonNullElse(retention.turns(), durable ? TURNS_ON_DISK : InMemoryJournal.DEFAULT_TURNS),
				Objects.requireNonNullElse(retention.sessions(), durable ? SESSIONS_ON_DISK : SESSIONS_IN_MEMORY),
				retention.events());
	}

	private static final class Checks {

		private final List<InvalidSettingException.Setting> invalid = new ArrayList<>();

		void atLeastOne(String key, long value) {
			if (value < 1) {
				add(key, value, "1 or more");
			}
		}

		void positive(String key, Duration value) {
			if (value.isNegative() || value.isZero()) {
				add(key, value, "a duration of more than zero, such as 1m");
			}
		}

		void positive(String key, DataSize value) {
			if (value.toBytes() < 1) {
				add(key, value, "a size of more than zero, such as 1MB");
			}
		}

		void notNegative(String key, @Nullable Duration value) {
			if (value != null && value.isNegative()) {
				add(key, value, "a duration of zero or more, such as 1d");
			}
		}

		void add(String key, Object value, String allowed) {
			this.invalid
				.add(new InvalidSettingException.Setting("switchboard.journal." + key, String.valueOf(value), allowed));
		}

		void report() {
			if (!this.invalid.isEmpty()) {
				throw new InvalidSettingException(this.invalid);
			}
		}

	}

}
