package io.switchboard.autoconfigure.journal;

import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

import javax.sql.DataSource;

import io.switchboard.AgentPath;
import io.switchboard.jdbc.ContentCodec;
import io.switchboard.journal.InMemoryJournal;
import io.switchboard.journal.Journal;
import io.switchboard.journal.JournalEntry;
import io.switchboard.journal.JournalUnavailableException;
import io.switchboard.journal.JournalWriter;
import io.switchboard.journal.JournalWriters;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.test.StepVerifier;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link JournalAutoConfiguration}.
 */
class JournalAutoConfigurationTests {

	private static final AgentPath ADA = AgentPath.of("/desk/support/ada");

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	@TempDir
	private Path folder;

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JournalAutoConfiguration.class));

	@Test
	void withoutTheModuleTheJournalIsInMemory() {
		this.runner.withClassLoader(new FilteredClassLoader("io.switchboard.jdbc"))
			.withBean(DataSource.class, JournalAutoConfigurationTests::inMemory)
			.run((context) -> {
				assertThat(context).getBean(Journal.class).isInstanceOf(InMemoryJournal.class);
				assertThat(context.getBean(JournalWriters.class).journal()).isSameAs(context.getBean(Journal.class));
			});
	}

	@Test
	void theJournalIsInMemoryWhereThatIsAskedFor() {
		this.runner.withPropertyValues("switchboard.journal.store=memory")
			.withBean(DataSource.class, JournalAutoConfigurationTests::inMemory)
			.run((context) -> assertThat(context).getBean(Journal.class).isInstanceOf(InMemoryJournal.class));
	}

	@Test
	void theOnlyDataSourceKeepsTheJournal() {
		DataSource dataSource = inMemory();
		this.runner.withBean(DataSource.class, () -> dataSource).run((context) -> {
			write(context, 1);

			assertThat(context.getBean(Journal.class).isDurable()).isTrue();
			assertThat(events(dataSource)).isOne();
		});
	}

	@Test
	void thePrimaryOneOfTwoDataSourcesKeepsTheJournal() {
		this.runner.withUserConfiguration(TwoDataSources.class).run((context) -> {
			write(context, 1);

			assertThat(events(context.getBean("first", DataSource.class))).isOne();
		});
	}

	@Test
	void theDataSourceThatIsNamedKeepsTheJournal() {
		this.runner.withUserConfiguration(TwoDataSources.class)
			.withPropertyValues("switchboard.journal.data-source=second")
			.run((context) -> {
				write(context, 1);

				assertThat(events(context.getBean("second", DataSource.class))).isOne();
			});
	}

	@Test
	void withoutADataSourceAFileKeepsTheJournal() {
		inFolder().run((context) -> write(context, 1));
		assertThat(this.folder.resolve("journal.mv.db")).exists();

		inFolder().run((context) -> {
			Journal journal = context.getBean(Journal.class);

			assertThat(journal.events(ADA, 0).collectList().block(PATIENCE)).containsExactly(event(1));
		});
	}

	@Test
	void theFileIsOpenedAgainAfterItWasClosedByForce() {
		inFolder().run((context) -> {
			DataSource file = context.getBean(JournalDatabase.class).dataSource();
			write(context, 1);

			new JdbcTemplate(file).execute("shutdown immediately");
			JournalWriter writer = context.getBean(JournalWriters.class).of(ADA, "v1").block(PATIENCE);
			writer.write(event(2)).block(PATIENCE);

			assertThat(events(file)).isEqualTo(2);
		});
	}

	@Test
	void whatWaitsIsWrittenBeforeTheFileIsClosed() {
		inFolder().run((context) -> {
			JournalWriter writer = context.getBean(JournalWriters.class).of(ADA, "v1").block(PATIENCE);
			for (long id = 1; id <= 100; id++) {
				writer.write(event(id)).subscribe();
			}
		});

		inFolder()
			.run((context) -> assertThat(events(context.getBean(JournalDatabase.class).dataSource())).isEqualTo(100));
	}

	@Test
	void aJournalOfTheApplicationIsUsed() {
		Journal own = new InMemoryJournal();
		this.runner.withBean(Journal.class, () -> own).run((context) -> {
			assertThat(context).getBean(Journal.class).isSameAs(own);
			assertThat(context).doesNotHaveBean(JournalDatabase.class).doesNotHaveBean(JournalThreads.class);
			assertThat(context.getBean(JournalWriters.class).journal()).isSameAs(own);
		});
	}

	@Test
	void aCodecOfTheApplicationIsUsed() {
		DataSource dataSource = inMemory();
		this.runner.withBean(DataSource.class, () -> dataSource)
			.withBean(ContentCodec.class, Shouting::new)
			.run((context) -> {
				write(context, 1);

				assertThat(new JdbcTemplate(dataSource).queryForObject("select content from switchboard_event",
						String.class))
					.isEqualTo("HELLO");
			});
	}

	@Test
	void aClosedApplicationRefusesWrites() {
		JournalWriter[] left = new JournalWriter[1];
		inFolder().run((context) -> left[0] = context.getBean(JournalWriters.class).of(ADA, "v1").block(PATIENCE));

		StepVerifier.create(left[0].write(event(1))).expectError(JournalUnavailableException.class).verify(PATIENCE);
	}

	@Test
	void aSecondContextIsRefusedTheFolderUntilTheFirstIsClosed() {
		inFolder().run((context) -> {
			inFolder().run((second) -> assertThat(second).getFailure()
				.rootCause()
				.isInstanceOf(OverlappingFileLockException.class));

			write(context, 1);
		});
		inFolder().run((context) -> assertThat(context).hasNotFailed());
	}

	private ApplicationContextRunner inFolder() {
		return this.runner.withPropertyValues("switchboard.journal.folder=" + this.folder);
	}

	private static void write(ApplicationContext context, long id) {
		JournalWriter writer = context.getBean(JournalWriters.class).of(ADA, "v1").block(PATIENCE);
		writer.write(event(id)).block(PATIENCE);
	}

	private static int events(DataSource dataSource) {
		return new JdbcTemplate(dataSource).queryForObject("select count(*) from switchboard_event", Integer.class);
	}

	private static JournalEntry.Event event(long id) {
		return new JournalEntry.Event(id, null, "token", "hello", Instant.EPOCH);
	}

	private static DataSource inMemory() {
		JdbcDataSource dataSource = new JdbcDataSource();
		dataSource.setURL("jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1".formatted(UUID.randomUUID()));
		return dataSource;
	}

	@Configuration(proxyBeanMethods = false)
	static class TwoDataSources {

		@Bean
		@Primary
		DataSource first() {
			return inMemory();
		}

		@Bean
		DataSource second() {
			return inMemory();
		}

	}

	private static final class Shouting implements ContentCodec {

		@Override
		public String encode(String content) {
			return content.toUpperCase(Locale.ROOT);
		}

		@Override
		public String decode(String stored) {
			return stored.toLowerCase(Locale.ROOT);
		}

	}

}
