package io.switchboard.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.switchboard.AgentPath;
import io.switchboard.journal.JournalEntry;
import io.switchboard.journal.JournalUnavailableException;
import io.switchboard.journal.JournalWriter;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The journal in a file of H2 on a disk that is full, and has room again.
 */
class H2FullDiskTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	/** Many more than there is room for. */
	private static final int MOST = 1_000;

	private static final int ROOM = 1_000_000;

	private static final AgentPath ADA = AgentPath.of("/desk/support/ada");

	private static final AgentPath BO = AgentPath.of("/desk/support/bo");

	private final Scheduler scheduler = Schedulers.newBoundedElastic(4, 1_000, "test-journal");

	private final Scheduler writing = Schedulers.newSingle("test-writer");

	private final Random random = new Random(42);

	@TempDir
	private Path folder;

	@TempDir
	private Path copies;

	private JdbcDataSource file;

	private JdbcJournal journal;

	@BeforeEach
	void openJournal() throws SQLException {
		LimitedDisk.empty();
		this.file = h2("jdbc:h2:%s%s;DB_CLOSE_ON_EXIT=FALSE".formatted(LimitedDisk.register(),
				this.folder.resolve("journal")));
		execute("set db_close_delay -1");
		this.journal = journal(this.file);
	}

	@AfterEach
	void closeJournal() throws SQLException {
		LimitedDisk.empty();
		// what waits opens the file again
		await(() -> !this.journal.statistics().isAway());
		this.journal.close();
		Mono.when(this.writing.disposeGracefully(), this.scheduler.disposeGracefully()).block(PATIENCE);
		execute("shutdown");
	}

	@Test
	void whatWasAnsweredBeforeTheDiskWasFullIsThere() {
		JournalWriter writer = JournalWriter.open(this.journal, ADA, "v1").block(PATIENCE);
		LimitedDisk.leave(ROOM);

		List<CompletableFuture<Void>> writes = writeUntilTheDiskIsFull(writer, this.journal);

		long answered = writes.stream().filter(CompletableFuture::isDone).count();
		assertThat(answered).isPositive();
		assertThat(LimitedDisk.refused()).isPositive();
		assertThat(idsAfterAKill()).startsWith(ids(answered));
	}

	@Test
	void whatCannotBeWrittenSaysWhy() {
		JournalWriter writer = JournalWriter.open(this.journal, ADA, "v1").block(PATIENCE);
		LimitedDisk.leave(ROOM);
		writeUntilTheDiskIsFull(writer, this.journal);

		StepVerifier.create(this.journal.open(BO, "v1"))
			.expectErrorSatisfies(
					(ex) -> assertThat(ex).isInstanceOf(JournalUnavailableException.class).hasMessageContaining("disk"))
			.verify(PATIENCE);
	}

	@Test
	void whatWaitsIsWrittenWhenThereIsRoomAgain() {
		JournalWriter writer = JournalWriter.open(this.journal, ADA, "v1").block(PATIENCE);
		LimitedDisk.leave(ROOM);
		List<CompletableFuture<Void>> writes = writeUntilTheDiskIsFull(writer, this.journal);

		LimitedDisk.empty();

		assertThat(writes).allSatisfy((write) -> assertThat(write).succeedsWithin(PATIENCE));
		assertThat(ids(this.journal)).containsExactly(ids(writes.size()));
		assertThat(idsAfterAKill()).containsExactly(ids(writes.size()));
		assertThat(JournalWriter.open(this.journal, BO, "v1").block(PATIENCE)).isNotNull();
		assertThat(this.journal.statistics().isAway()).isFalse();
	}

	@Test
	void aPoolConnectsAgainWhenThereIsRoomAgain() {
		try (HikariDataSource pool = pool(this.file)) {
			JdbcJournal pooled = journal(pool);
			JournalWriter writer = JournalWriter.open(pooled, ADA, "v1").block(PATIENCE);
			LimitedDisk.leave(ROOM);
			List<CompletableFuture<Void>> writes = writeUntilTheDiskIsFull(writer, pooled);

			LimitedDisk.empty();

			assertThat(writes).allSatisfy((write) -> assertThat(write).succeedsWithin(PATIENCE));
			assertThat(ids(pooled)).containsExactly(ids(writes.size()));
			assertThat(idsAfterAKill()).containsExactly(ids(writes.size()));
			pooled.close();
		}
	}

	private void execute(String sql) throws SQLException {
		try (Connection connection = this.file.getConnection(); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	private List<CompletableFuture<Void>> writeUntilTheDiskIsFull(JournalWriter writer, JdbcJournal to) {
		List<CompletableFuture<Void>> writes = new ArrayList<>();
		while (!to.statistics().isAway() && writes.size() < MOST) {
			CompletableFuture<Void> write = writer.write(event(writes.size() + 1)).toFuture();
			writes.add(write);
			await(() -> write.isDone() || to.statistics().isAway());
		}
		return writes;
	}

	private static void await(BooleanSupplier condition) {
		Flux.interval(Duration.ofMillis(1))
			.onBackpressureDrop()
			.filter((look) -> condition.getAsBoolean())
			.blockFirst(PATIENCE);
	}

	/** Of a content that cannot be compressed. */
	private JournalEntry.Event event(long id) {
		byte[] content = new byte[20_000];
		this.random.nextBytes(content);
		return new JournalEntry.Event(id, "t1", "token", HexFormat.of().formatHex(content), Instant.EPOCH);
	}

	private Long[] idsAfterAKill() {
		try {
			Path copy = Files.createTempDirectory(this.copies, "copy");
			Files.copy(this.folder.resolve("journal.mv.db"), copy.resolve("journal.mv.db"));
			JdbcJournal reopened = journal(h2("jdbc:h2:%s".formatted(copy.resolve("journal"))));
			Long[] ids = ids(reopened);
			reopened.close();
			return ids;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Long[] ids(JdbcJournal journal) {
		return journal.events(ADA, 0)
			.map(JournalEntry.Event::id)
			.collectList()
			.blockOptional(PATIENCE)
			.orElseThrow()
			.toArray(Long[]::new);
	}

	private static Long[] ids(long count) {
		return LongStream.rangeClosed(1, count).boxed().toArray(Long[]::new);
	}

	private JdbcJournal journal(DataSource dataSource) {
		return JdbcJournal.builder(dataSource, this.scheduler).writer(this.writing).build();
	}

	private static JdbcDataSource h2(String url) {
		JdbcDataSource dataSource = new JdbcDataSource();
		dataSource.setURL(url);
		dataSource.setUser("sa");
		return dataSource;
	}

	private static HikariDataSource pool(DataSource dataSource) {
		HikariConfig config = new HikariConfig();
		config.setDataSource(dataSource);
		return new HikariDataSource(config);
	}

}
