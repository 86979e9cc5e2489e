package io.switchboard.autoconfigure.journal;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import org.h2.jdbcx.JdbcDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database of the journal's own: an H2 in a file.
 * <p>
 * It has no pool. To connect to a database in the same process costs next to nothing, and
 * after a disk was full, for which H2 closes the file, the next connection opens it
 * again.
 */
final class JournalFile {

	private static final Logger logger = LoggerFactory.getLogger(JournalFile.class);

	private JournalFile() {
	}

	/**
	 * Open the database, which is made if it is not there.
	 * @param folder where it is
	 * @return the database
	 * @throws JournalSetupException if that is not possible
	 */
	static JournalDatabase open(Path folder) {
		Path place = folder.toAbsolutePath().normalize();
		FolderLock lock = FolderLock.of(place);
		try {
			JdbcDataSource dataSource = new JdbcDataSource();
			dataSource.setURL(url(place));
			dataSource.setUser("sa");
			// stays open without connections, until it is told
			execute(dataSource, "set db_close_delay -1");
			logger.info("The journal is kept in a file: folder={}", place);
			return new JournalDatabase(dataSource, "the file in '%s'".formatted(place), () -> close(dataSource, lock));
		}
		catch (SQLException ex) {
			lock.close();
			throw new JournalSetupException(
					"The file of the journal cannot be opened:%n%n    - switchboard.journal.folder is '%s': %s"
						.formatted(place, ex.getMessage()),
					"See that the file is whole and was written by the same or an older version of H2. To begin anew without the sessions in it, move the folder away.",
					ex);
		}
		catch (RuntimeException ex) {
			lock.close();
			throw ex;
		}
	}

	/**
	 * The process ends in an order that the application knows, so H2 does not close the
	 * file when it likes.
	 */
	private static String url(Path folder) {
		String path = folder.resolve("journal").toString().replace('\\', '/');
		if (path.indexOf(';') >= 0) {
			throw new JournalSetupException(
					"The folder of the journal cannot be used:%n%n    - switchboard.journal.folder is '%s', allowed is a path without ';'"
						.formatted(folder),
					"Choose another folder.", null);
		}
		return "jdbc:h2:file:%s;DB_CLOSE_ON_EXIT=FALSE".formatted(path);
	}

	private static void close(JdbcDataSource dataSource, FolderLock lock) {
		try (lock) {
			execute(dataSource, "shutdown");
		}
		catch (SQLException ex) {
			logger.warn("The file of the journal was not closed in order; it is mended when it is opened again", ex);
		}
	}

	private static void execute(JdbcDataSource dataSource, String sql) throws SQLException {
		try (Connection connection = dataSource.getConnection(); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

}
