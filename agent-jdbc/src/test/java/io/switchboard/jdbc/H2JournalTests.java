package io.switchboard.jdbc;

import java.nio.file.Path;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * The journal in a file of H2.
 */
class H2JournalTests extends JdbcJournalContract {

	private static HikariDataSource dataSource;

	@BeforeAll
	static void openDatabase(@TempDir Path folder) {
		dataSource = new HikariDataSource();
		dataSource.setJdbcUrl("jdbc:h2:file:%s".formatted(folder.resolve("journal")));
	}

	@AfterAll
	static void closeDatabase() {
		dataSource.close();
	}

	@Override
	DataSource dataSource() {
		return dataSource;
	}

}
