package io.switchboard.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.postgresql.ds.PGSimpleDataSource;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A PostgreSQL that refuses what an application wants of it, in the ways in which real
 * ones do. Its administrator can do everything all the time.
 */
public final class TroubledPostgres implements AutoCloseable {

	private static final String ROLE = "application";

	private final Path folder;

	private EmbeddedPostgres server;

	private final int port;

	/**
	 * Start a server.
	 * @param folder where its data are
	 */
	public TroubledPostgres(Path folder) {
		this.folder = folder;
		this.server = start(0);
		this.port = this.server.getPort();
		administrator().execute("create role %s login".formatted(ROLE));
		administrator().execute("create database %s owner %s".formatted(ROLE, ROLE));
	}

	private EmbeddedPostgres start(int wanted) {
		try {
			EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
				.setDataDirectory(this.folder)
				.setCleanDataDirectory(false);
			return ((wanted != 0) ? builder.setPort(wanted) : builder).start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Make a pool as an application has it.
	 * @return the pool, to be closed
	 */
	public HikariDataSource pool() {
		HikariDataSource pool = new HikariDataSource();
		pool.setJdbcUrl("jdbc:postgresql://localhost:%d/%s?user=%s".formatted(this.port, ROLE, ROLE));
		pool.setConnectionTimeout(500);
		return pool;
	}

	private JdbcTemplate administrator() {
		PGSimpleDataSource dataSource = new PGSimpleDataSource();
		dataSource.setUrl("jdbc:postgresql://localhost:%d/postgres".formatted(this.server.getPort()));
		dataSource.setUser("postgres");
		return new JdbcTemplate(dataSource);
	}

	private JdbcTemplate tables() {
		PGSimpleDataSource dataSource = new PGSimpleDataSource();
		dataSource.setUrl("jdbc:postgresql://localhost:%d/%s".formatted(this.port, ROLE));
		dataSource.setUser("postgres");
		return new JdbcTemplate(dataSource);
	}

	/**
	 * Do something before each change of a session.
	 * @param statement what, in PL/pgSQL
	 */
	public void beforeEachWrite(String statement) {
		tables().execute("""
				create or replace function trouble() returns trigger language plpgsql as
				$$ begin %s; return new; end $$
				""".formatted(statement));
		tables().execute("""
				create or replace trigger trouble before insert or update on switchboard_session
				for each row execute function trouble()
				""");
	}

	/**
	 * Let sessions be changed again.
	 */
	public void nothingBeforeWrites() {
		tables().execute("drop trigger trouble on switchboard_session");
	}

	/**
	 * Let each change of a session wait, as behind a transaction that takes long.
	 * @return ends it
	 */
	public Hold holdWrites() {
		try {
			Connection connection = Objects.requireNonNull(tables().getDataSource()).getConnection();
			connection.setAutoCommit(false);
			try (Statement statement = connection.createStatement()) {
				statement.execute("lock table switchboard_session in exclusive mode");
			}
			return new Hold(connection);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Change a setting of connections that come.
	 * @param name the setting
	 * @param value its value
	 */
	public void setting(String name, String value) {
		administrator().execute("alter role %s set %s = %s".formatted(ROLE, name, value));
	}

	/**
	 * Change how many connections the application may have.
	 * @param connections how many, or -1 for any number
	 */
	public void connectionLimit(int connections) {
		administrator().execute("alter role %s connection limit %d".formatted(ROLE, connections));
	}

	/**
	 * End the application's connections, as a server does that is shut down.
	 */
	public void disconnect() {
		administrator().queryForList("select pg_terminate_backend(pid) from pg_stat_activity where usename = ?", ROLE);
	}

	/**
	 * Shut the server down.
	 */
	public void stop() {
		try {
			this.server.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Start the server with the data that it had.
	 */
	public void startAgain() {
		this.server = start(this.port);
	}

	@Override
	public void close() {
		stop();
	}

	/**
	 * A transaction that holds all sessions.
	 *
	 * @param connection it is in
	 */
	public record Hold(Connection connection) implements AutoCloseable {

		/**
		 * Whether it is still there.
		 * @return {@code true} if so
		 */
		public boolean isHeld() {
			try {
				return this.connection.isValid(1);
			}
			catch (SQLException ex) {
				return false;
			}
		}

		@Override
		public void close() {
			try {
				this.connection.rollback();
				this.connection.close();
			}
			catch (SQLException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
