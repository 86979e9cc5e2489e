package io.switchboard.autoconfigure.kills;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever is accepted is done, once, however often the application is killed, which is
 * as often as {@code -Dtests.kills=200} or the like says; {@code -Dtests.kills.seed}
 * repeats the choices, though not how processes take turns.
 */
class KillTests {

	private static final Logger logger = LoggerFactory.getLogger(KillTests.class);

	private static final int KILLS = Integer.getInteger("tests.kills", 3);

	private static final long SEED = Long.getLong("tests.kills.seed", System.nanoTime());

	@Test
	void nothingIsLostWhileNobodyIsKilled() throws Exception {
		check("memory", 0, new Cuts(false), List.of("--switchboard.journal.store=memory"));
	}

	@Test
	void nothingIsLostWithAJournalInAFile() throws Exception {
		Path folder = Path.of("target", "kills", "file-journal").toAbsolutePath();
		FileSystemUtils.deleteRecursively(folder);

		check("file", KILLS, new Cuts(true),
				List.of("--switchboard.journal.store=jdbc", "--switchboard.journal.folder=" + folder));
	}

	@Test
	void nothingIsLostWithAJournalInPostgres() throws Exception {
		try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
			check("postgres", KILLS, new Cuts(true), List.of("--switchboard.journal.store=jdbc",
					"--spring.datasource.url=" + postgres.getJdbcUrl("postgres", "postgres")));
		}
	}

	private static void check(String name, int kills, Cuts cuts, List<String> settings) throws Exception {
		Path folder = Path.of("target", "kills", name);
		Files.createDirectories(folder);
		for (String file : List.of("requests", "executions", "log")) {
			Files.deleteIfExists(folder.resolve(file));
		}
		long begin = System.nanoTime();

		History history = new Driver(folder.toAbsolutePath(), SEED, cuts).run(kills, settings);

		logger.info("{}: {} kills in {} s, {}", name, kills, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin),
				history.figures());
		assertThat(history.complaints()).as("-Dtests.kills=%d -Dtests.kills.seed=%d, see %s", kills, SEED, folder)
			.isEmpty();
		assertThat(history.sent()).hasSizeGreaterThan(4);
	}

}
