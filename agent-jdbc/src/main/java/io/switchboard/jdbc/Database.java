package io.switchboard.jdbc;

import java.util.Arrays;
import java.util.List;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;

/**
 * The databases that are known, and where they differ.
 */
enum Database {

	/**
	 * Answers before it has written, unless it is told to write.
	 */
	H2("H2", "h2", "checkpoint sync"),

	POSTGRESQL("PostgreSQL", "postgresql", null);

	private final String product;

	private final String folder;

	private final @Nullable String sync;

	Database(String product, String folder, @Nullable String sync) {
		this.product = product;
		this.folder = folder;
		this.sync = sync;
	}

	/**
	 * Find out what a data source leads to.
	 * @param dataSource the data source
	 * @return the database
	 * @throws IllegalArgumentException if it is none that is known
	 */
	static Database of(DataSource dataSource) {
		String product = product(dataSource);
		for (Database database : values()) {
			if (database.product.equals(product)) {
				return database;
			}
		}
		List<String> known = Arrays.stream(values()).map((database) -> database.product).toList();
		throw new IllegalArgumentException(
				"The journal cannot be kept in '%s', only in one of %s. Give it a DataSource of its own, or another Journal."
					.formatted(product, known));
	}

	private static String product(DataSource dataSource) {
		try {
			return JdbcUtils.extractDatabaseMetaData(dataSource, (metaData) -> metaData.getDatabaseProductName());
		}
		catch (MetaDataAccessException ex) {
			throw new IllegalStateException("The database of the journal cannot be reached", ex);
		}
	}

	/**
	 * Where the scripts that make the tables are.
	 * @return a location for Flyway
	 */
	String scripts() {
		return "classpath:io/switchboard/jdbc/" + this.folder;
	}

	/**
	 * Make sure that what was committed survives the machine.
	 * @param jdbc the database
	 */
	void sync(JdbcOperations jdbc) {
		if (this.sync != null) {
			jdbc.execute(this.sync);
		}
	}

}
