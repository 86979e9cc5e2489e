package io.switchboard.benchmarks.http.durability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The database of one run, empty at its beginning.
 */
interface Database extends AutoCloseable {

	/**
	 * Start the database of a run.
	 * @param store which one
	 * @param directory where it may keep files
	 * @return the database
	 * @throws IOException if it does not start
	 */
	static Database start(Store store, Path directory) throws IOException {
		return switch (store) {
			case MEMORY -> new WithinApplication(List.of("--switchboard.journal.store=memory"));
			case H2 -> new WithinApplication(List.of("--switchboard.journal.store=jdbc",
					"--switchboard.journal.folder=" + Files.createTempDirectory(directory, "h2-").toAbsolutePath()));
			case POSTGRES -> Postgres.start(directory);
		};
	}

	/**
	 * How the application finds it.
	 * @return settings of the application
	 */
	List<String> settings();

	/**
	 * What its own processes have used.
	 * @return seconds of processor time
	 */
	double cpuSeconds();

	@Override
	void close() throws IOException;

	/**
	 * One that has no process of its own.
	 *
	 * @param settings settings of the application
	 */
	record WithinApplication(List<String> settings) implements Database {

		@Override
		public double cpuSeconds() {
			return 0;
		}

		@Override
		public void close() {
			// ends with the application
		}

	}

}
