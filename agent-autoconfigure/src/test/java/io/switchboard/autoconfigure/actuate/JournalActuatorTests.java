package io.switchboard.autoconfigure.actuate;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import javax.sql.DataSource;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.switchboard.AgentPath;
import io.switchboard.autoconfigure.journal.JournalAutoConfiguration;
import io.switchboard.jdbc.JdbcJournal;
import io.switchboard.journal.JournalEntry;
import io.switchboard.journal.JournalWriter;
import io.switchboard.journal.JournalWriters;
import org.awaitility.Awaitility;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the health and the metrics of the journal.
 */
class JournalActuatorTests {

	private static final AgentPath ADA = AgentPath.of("/desk/support/ada");

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final FailingDataSource dataSource = new FailingDataSource();

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JournalAutoConfiguration.class, JournalHealthAutoConfiguration.class,
				JournalMetricsAutoConfiguration.class))
		.withBean(DataSource.class, () -> this.dataSource)
		.withBean(MeterRegistry.class, () -> this.registry);

	@Test
	void theJournalIsUp() {
		this.runner.run((context) -> {
			assertThat(health(context).getStatus()).isEqualTo(Status.UP);
			assertThat(health(context).getDetails()).containsEntry("waitingWrites", 0);
		});
	}

	@Test
	void theJournalIsDownWhileItsDatabaseIsAway() {
		this.runner.run((context) -> {
			this.dataSource.away = true;
			assertThat(health(context).getStatus()).isEqualTo(Status.DOWN);

			this.dataSource.away = false;
			assertThat(health(context).getStatus()).isEqualTo(Status.UP);
		});
	}

	/** Like a disk that is full: what is there can be read. */
	@Test
	void theJournalIsDownWhileItCannotBeWritten() {
		this.runner.run((context) -> {
			JournalWriter writer = context.getBean(JournalWriters.class).of(ADA, "v1").block(PATIENCE);
			JdbcTemplate jdbc = new JdbcTemplate(this.dataSource);
			jdbc.execute("alter table switchboard_event rename to elsewhere");
			CompletableFuture<Void> write = writer.write(event(1)).toFuture();

			Awaitility.await()
				.atMost(PATIENCE)
				.until(() -> context.getBean(JdbcJournal.class).statistics().failures() > 0);
			assertThat(health(context).getStatus()).isEqualTo(Status.DOWN);
			assertThat(health(context).getDetails()).containsEntry("waitingWrites", 1)
				.containsEntry("trouble", "the database did not do what it was asked for: the log says more");
			assertThat(write).isNotDone();
			jdbc.execute("alter table elsewhere rename to switchboard_event");

			assertThat(write).succeedsWithin(PATIENCE);
			assertThat(health(context).getStatus()).isEqualTo(Status.UP);
		});
	}

	@Test
	void writesAreCounted() {
		this.runner.run((context) -> {
			context.getBean(JournalMetrics.class).bindTo(this.registry);
			JournalWriter writer = context.getBean(JournalWriters.class).of(ADA, "v1").block(PATIENCE);
			writer.write(event(1)).block(PATIENCE);
			writer.write(event(2)).block(PATIENCE);

			assertThat(this.registry.get("switchboard.journal.writes").functionCounter().count()).isEqualTo(2);
			assertThat(this.registry.get("switchboard.journal.commit").functionTimer().count()).isEqualTo(2);
			assertThat(this.registry.get("switchboard.journal.failures").functionCounter().count()).isZero();
			Awaitility.await()
				.atMost(PATIENCE)
				.until(() -> this.registry.get("switchboard.journal.waiting").gauge().value() == 0);
		});
	}

	@Test
	void aJournalInMemoryHasNeither() {
		this.runner.withPropertyValues("switchboard.journal.store=memory")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean("journalHealthIndicator")
				.doesNotHaveBean(JournalMetrics.class));
	}

	@Test
	void theHealthCanBeSwitchedOff() {
		this.runner.withPropertyValues("management.health.journal.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean("journalHealthIndicator"));
	}

	@Test
	void nothingIsMissedWithoutActuatorAndMicrometer() {
		this.runner.withClassLoader(new FilteredClassLoader(ReactiveHealthIndicator.class, MeterRegistry.class))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(JournalWriters.class));
	}

	private static Health health(ApplicationContext context) {
		Health health = context.getBean("journalHealthIndicator", ReactiveHealthIndicator.class)
			.health()
			.block(PATIENCE);
		assertThat(health).isNotNull();
		return health;
	}

	private static JournalEntry.Event event(long id) {
		return new JournalEntry.Event(id, null, "token", "{}", Instant.EPOCH);
	}

	private static final class FailingDataSource extends DelegatingDataSource {

		private volatile boolean away;

		FailingDataSource() {
			JdbcDataSource inMemory = new JdbcDataSource();
			inMemory.setURL("jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1".formatted(UUID.randomUUID()));
			setTargetDataSource(inMemory);
		}

		@Override
		public Connection getConnection() throws SQLException {
			if (this.away) {
				throw new SQLTransientConnectionException("refused");
			}
			return super.getConnection();
		}

	}

}
