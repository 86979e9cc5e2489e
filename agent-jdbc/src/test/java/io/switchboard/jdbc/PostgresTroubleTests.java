package io.switchboard.jdbc;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariDataSource;
import io.switchboard.AgentPath;
import io.switchboard.journal.JournalEntry;
import io.switchboard.journal.JournalUnavailableException;
import io.switchboard.journal.JournalWriter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * The journal in a PostgreSQL that refuses.
 */
class PostgresTroubleTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final AgentPath ADA = AgentPath.of("/desk/support/ada");

	private static TroubledPostgres postgres;

	private final Scheduler scheduler = Schedulers.newBoundedElastic(4, 1_000, "test-journal");

	private HikariDataSource pool;

	private JdbcJournal journal;

	@BeforeAll
	static void startServer(@TempDir Path folder) {
		postgres = new TroubledPostgres(folder.resolve("data"));
	}

	@AfterAll
	static void stopServer() {
		postgres.close();
	}

	@BeforeEach
	void openJournal() {
		this.pool = postgres.pool();
		this.journal = JdbcJournal.builder(this.pool, this.scheduler).build();
		this.journal.delete(ADA).block(PATIENCE);
	}

	@AfterEach
	void closeJournal() {
		this.journal.close();
		this.scheduler.disposeGracefully().block(PATIENCE);
		this.pool.close();
	}

	@ParameterizedTest
	@MethodSource("troubles")
	void whatIsRefusedWaitsAndIsKeptWhenTheTroubleIsOver(Consumer<TroubledPostgres> begin,
			Consumer<TroubledPostgres> end, String trouble) {
		JournalWriter writer = JournalWriter.open(this.journal, ADA, "v1").block(PATIENCE);
		writer.write(event(1)).block(PATIENCE);

		begin.accept(postgres);
		CompletableFuture<Void> write = writer.write(event(2)).toFuture();
		String told = Flux.interval(Duration.ofMillis(1))
			.onBackpressureDrop()
			.mapNotNull((look) -> this.journal.statistics().trouble())
			.filter((now) -> now.contains(trouble))
			.blockFirst(PATIENCE);
		StepVerifier.create(this.journal.open(AgentPath.of("/desk/support/bo"), "v1"))
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(JournalUnavailableException.class))
			.verify(PATIENCE);
		assertThat(write).isNotDone();
		end.accept(postgres);

		assertThat(told).contains(": ");
		assertThat(write).succeedsWithin(PATIENCE);
		assertThat(this.journal.events(ADA, 0).collectList().block(PATIENCE)).containsExactly(event(1), event(2));
		assertThat(JournalWriter.open(this.journal, ADA, "v1").block(PATIENCE).session().lastEvent()).isEqualTo(2);
	}

	static Stream<Arguments> troubles() {
		return Stream.of(
				trouble("disk full", (server) -> server.beforeEachWrite(raise("53100")),
						TroubledPostgres::nothingBeforeWrites, "the disk of the database is full"),
				trouble("out of memory", (server) -> server.beforeEachWrite(raise("53200")),
						TroubledPostgres::nothingBeforeWrites, "did not do"),
				trouble("an old primary", (server) -> {
					server.setting("default_transaction_read_only", "on");
					server.disconnect();
				}, (server) -> server.setting("default_transaction_read_only", "off"), "can only be read"),
				trouble("no connections", (server) -> {
					server.connectionLimit(0);
					server.disconnect();
				}, (server) -> server.connectionLimit(-1), "takes no more connections"),
				trouble("a statement's time", (server) -> {
					server.setting("statement_timeout", "200");
					server.disconnect();
					server.beforeEachWrite("perform pg_sleep(60)");
				}, (server) -> {
					server.nothingBeforeWrites();
					server.setting("statement_timeout", "0");
				}, "longer over a statement"),
				trouble("stopped", TroubledPostgres::stop, TroubledPostgres::startAgain, "cannot be reached"));
	}

	@Test
	void connectionsThatAreLostAreNotNoticed() {
		JournalWriter writer = JournalWriter.open(this.journal, ADA, "v1").block(PATIENCE);

		for (long id = 1; id <= 10; id++) {
			postgres.disconnect();
			writer.write(event(id)).block(PATIENCE);
		}

		assertThat(this.journal.events(ADA, 0).count().block(PATIENCE)).isEqualTo(10);
	}

	private static String raise(String state) {
		return "raise exception 'refused by the test' using errcode = '%s'".formatted(state);
	}

	private static Arguments trouble(String name, Consumer<TroubledPostgres> begin, Consumer<TroubledPostgres> end,
			String trouble) {
		return arguments(named(name, begin), named("over", end), trouble);
	}

	private static JournalEntry.Event event(long id) {
		return new JournalEntry.Event(id, "t1", "token", "{}", Instant.EPOCH);
	}

}
