package io.switchboard.autoconfigure.journal;

import javax.sql.DataSource;

/**
 * The database in which the journal is kept.
 *
 * @param dataSource leads to it
 * @param name what it is, for people
 * @param whenClosed lets go of it, once nobody uses it
 */
record JournalDatabase(DataSource dataSource, String name, Runnable whenClosed) implements AutoCloseable {

	@Override
	public void close() {
		this.whenClosed.run();
	}

}
