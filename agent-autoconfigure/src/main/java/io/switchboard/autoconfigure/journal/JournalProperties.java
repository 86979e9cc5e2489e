package io.switchboard.autoconfigure.journal;

import java.io.File;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the journal, which keeps sessions when their agents or the process end.
 *
 * @param store Where to keep the journal.
 * @param dataSource Bean name of the DataSource to keep it in. Not needed if there is
 * only one, or a primary one.
 * @param folder Folder of the journal's own database, for an application without a
 * DataSource.
 * @param migrate Whether the tables are made and brought up to date at the start.
 * Otherwise somebody else runs the scripts.
 * @param connections How many connections to the database the journal may use at once,
 * one of them for writing.
 * @param capacity How many writes may wait for the database before further turns are
 * refused.
 * @param acceptTimeout How long a message may wait to be written before it is refused.
 * @param memory How much is kept in memory, without a database.
 * @param retention How long what nobody needs to go on is kept.
 * @since 0.1.0
 */
@ConfigurationProperties("switchboard.journal")
public record JournalProperties(@DefaultValue("auto") Store store, @Nullable String dataSource,
		@DefaultValue("./switchboard-data") File folder, @DefaultValue("true") boolean migrate,
		@DefaultValue("4") int connections, @DefaultValue("100000") int capacity,
		@DefaultValue("5s") Duration acceptTimeout, @DefaultValue Memory memory, @DefaultValue Retention retention) {

	/**
	 * How much is kept in memory, without a database, in characters.
	 *
	 * @param maxSize How much of all turns together. Turns that have ended are forgotten
	 * for others, those that run are not.
	 * @param maxTurnSize How much of one turn. Of a longer one the newest events are
	 * kept.
	 * @since 0.1.0
	 */
	public record Memory(@DefaultValue("32MB") DataSize maxSize, @DefaultValue("256KB") DataSize maxTurnSize) {

	}

	/**
	 * How long what nobody needs to go on is kept.
	 *
	 * @param turns How long a turn is known after its end, with its Idempotency-Key and
	 * the events that clients were shown. Zero for ever. 7 days by default, 10 minutes in
	 * memory.
	 * @param sessions How long a session is known in which nothing happens, with its
	 * conversation. Zero for ever. 30 days by default, 1 day in memory.
	 * @param events How many events of a session are kept at most, the newest. Zero for
	 * any number.
	 * @param interval How often to look for what can be deleted.
	 * @since 0.1.0
	 */
	public record Retention(@Nullable Duration turns, @Nullable Duration sessions, @DefaultValue("10000") int events,
			@DefaultValue("1m") Duration interval) {

	}

	/**
	 * Where to keep the journal.
	 *
	 * @since 0.1.0
	 */
	public enum Store {

		/** In a database if the module agent-jdbc is there, else in memory. */
		AUTO,

		/** In memory: sessions do not survive the process. */
		MEMORY,

		/** In a database: sessions survive. */
		JDBC

	}

}
