package io.switchboard.benchmarks.http.durability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * A PostgreSQL that writes through, which the embedded one does not unless told.
 */
final class Postgres implements Database {

	private static final int TICKS_A_SECOND = 100;

	/** Of the fields behind the name: user and system, then those of ended children. */
	private static final int FIRST_TICKS = 11;

	private final EmbeddedPostgres server;

	private final long process;

	private Postgres(EmbeddedPostgres server, long process) {
		this.server = server;
		this.process = process;
	}

	static Postgres start(Path directory) throws IOException {
		Path data = Files.createTempDirectory(directory, "postgres-").toAbsolutePath();
		EmbeddedPostgres server = EmbeddedPostgres.builder()
			.setDataDirectory(data)
			.setServerConfig("fsync", "on")
			.setServerConfig("synchronous_commit", "on")
			.start();
		return new Postgres(server, Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip()));
	}

	@Override
	public List<String> settings() {
		return List.of("--switchboard.journal.store=jdbc",
				"--load.database=" + this.server.getJdbcUrl("postgres", "postgres"));
	}

	@Override
	public double cpuSeconds() {
		long ticks = ticks(this.process, 4);
		for (ProcessHandle child : ProcessHandle.of(this.process).orElseThrow().children().toList()) {
			ticks += ticks(child.pid(), 2);
		}
		return ticks / (double) TICKS_A_SECOND;
	}

	private static long ticks(long process, int fields) {
		try {
			String stat = Files.readString(Path.of("/proc", Long.toString(process), "stat"));
			String[] values = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
			long sum = 0;
			for (int i = 0; i < fields; i++) {
				sum += Long.parseLong(values[FIRST_TICKS + i]);
			}
			return sum;
		}
		catch (IOException ex) {
			// has ended, and is counted among the children of its parent from now on
			return 0;
		}
	}

	@Override
	public void close() throws IOException {
		this.server.close();
	}

}
