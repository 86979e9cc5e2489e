package io.switchboard.jdbc;

import javax.sql.DataSource;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Makes the tables of the journal and brings those of earlier versions up to date.
 * <p>
 * What was done is written into a table of its own, apart from the application's
 * migrations. Several processes may do it at the same time.
 */
final class JournalSchema {

	static final String HISTORY = "switchboard_schema_history";

	private JournalSchema() {
	}

	/**
	 * Bring the tables up to date. Blocks.
	 * @param dataSource the database
	 * @param database what it is
	 */
	static void migrate(DataSource dataSource, Database database) {
		try {
			Flyway.configure(JournalSchema.class.getClassLoader())
				.dataSource(dataSource)
				.locations(database.scripts())
				.table(HISTORY)
				.baselineOnMigrate(true)
				.baselineVersion("0")
				.load()
				.migrate();
		}
		catch (FlywayException ex) {
			throw new IllegalStateException("The tables of the journal could not be made or brought up to date", ex);
		}
	}

	/**
	 * See that somebody else has made the tables. Blocks.
	 * @param jdbc the database
	 */
	static void check(JdbcOperations jdbc) {
		try {
			jdbc.queryForList("select owner from switchboard_session where path is null");
		}
		catch (DataAccessException ex) {
			throw new IllegalStateException("The tables of the journal are not there, or not up to date", ex);
		}
	}

}
