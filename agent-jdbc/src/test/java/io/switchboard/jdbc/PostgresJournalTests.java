package io.switchboard.jdbc;

import java.io.IOException;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * The journal in a PostgreSQL.
 */
class PostgresJournalTests extends JdbcJournalContract {

	private static EmbeddedPostgres postgres;

	private static HikariDataSource dataSource;

	@BeforeAll
	static void openDatabase() throws IOException {
		postgres = EmbeddedPostgres.start();
		dataSource = new HikariDataSource();
		dataSource.setJdbcUrl(postgres.getJdbcUrl("postgres", "postgres"));
	}

	@AfterAll
	static void closeDatabase() throws IOException {
		dataSource.close();
		postgres.close();
	}

	@Override
	DataSource dataSource() {
		return dataSource;
	}

}
