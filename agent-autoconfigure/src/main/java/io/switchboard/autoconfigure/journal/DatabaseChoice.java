package io.switchboard.autoconfigure.journal;

import io.switchboard.autoconfigure.journal.JournalProperties.Store;

import org.springframework.util.ClassUtils;

/**
 * Finds the database of the journal: the application's, or a file of its own if the
 * application has none.
 *
 * @param properties what was said about it
 * @param dataSources the application's
 */
record DatabaseChoice(JournalProperties properties, DataSources dataSources) {

	private static final boolean FILE_IS_POSSIBLE = ClassUtils.isPresent("org.h2.jdbcx.JdbcDataSource",
			DatabaseChoice.class.getClassLoader());

	JournalDatabase choose() {
		JournalDatabase chosen = this.dataSources.choose(this.properties.dataSource());
		if (chosen != null) {
			return chosen;
		}
		if (FILE_IS_POSSIBLE) {
			return JournalFile.open(this.properties.folder().toPath());
		}
		throw new JournalSetupException(
				"There is no database for the journal: %s, there is no DataSource bean, and no H2 to keep it in a file"
					.formatted((this.properties.store() != Store.AUTO) ? "'switchboard.journal.store' is 'jdbc'"
							: "the module io.switchboard:agent-jdbc is there"),
				"Configure a DataSource, or add com.h2database:h2 to keep the journal in a file, or set 'switchboard.journal.store' to 'memory'.",
				null);
	}

}
