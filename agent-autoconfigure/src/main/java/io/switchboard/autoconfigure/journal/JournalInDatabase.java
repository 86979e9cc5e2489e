package io.switchboard.autoconfigure.journal;

import io.switchboard.jdbc.ContentCodec;
import io.switchboard.jdbc.JdbcJournal;

import org.springframework.core.NestedExceptionUtils;

/**
 * Opens the journal in its database, and explains why that was not possible.
 */
final class JournalInDatabase {

	private JournalInDatabase() {
	}

	static JdbcJournal open(JournalProperties properties, JournalDatabase database, JournalThreads threads,
			ContentCodec codec) {
		try {
			return JdbcJournal.builder(database.dataSource(), threads.reading())
				.writer(threads.writing())
				.codec(codec)
				.capacity(properties.capacity())
				.migrate(properties.migrate())
				.build();
		}
		catch (IllegalArgumentException ex) {
			throw new JournalSetupException(
					"The journal cannot be kept in %s:%n%n    - %s".formatted(database.name(), ex.getMessage()),
					"Name another DataSource with 'switchboard.journal.data-source', or define a Journal bean, or set 'switchboard.journal.store' to 'memory'.",
					ex);
		}
		catch (IllegalStateException ex) {
			throw new JournalSetupException(
					"The journal cannot be opened in %s:%n%n    - %s: %s".formatted(database.name(), ex.getMessage(),
							NestedExceptionUtils.getMostSpecificCause(ex).getMessage()),
					"See that the database is up, that the settings of its connection are right, and that its user may make tables. If somebody else makes them, set 'switchboard.journal.migrate' to 'false'.",
					ex);
		}
	}

}
