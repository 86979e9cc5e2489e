package io.switchboard.autoconfigure.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.Objects;
import java.util.UUID;

import javax.sql.DataSource;

import io.switchboard.journal.Journal;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.support.SpringFactoriesLoader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;

/**
 * Tests that a journal that cannot be kept fails the start with an explanation.
 */
class JournalSetupTests {

	@TempDir
	private Path folder;

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JournalAutoConfiguration.class));

	@Test
	void theModuleIsMissing() {
		assertExplained(
				this.runner.withClassLoader(new FilteredClassLoader("io.switchboard.jdbc"))
					.withPropertyValues("switchboard.journal.store=jdbc"),
				"switchboard.journal.store is 'jdbc', and the module io.switchboard:agent-jdbc is not there",
				"Add io.switchboard:agent-jdbc");
	}

	@Test
	void thereAreTwoDatabases() {
		assertExplained(this.runner.withUserConfiguration(TwoDataSources.class),
				"switchboard.journal.data-source is not set. The DataSource beans are 'first', 'second', and none of them is primary",
				"switchboard.journal.data-source: first");
	}

	@Test
	void theDatabaseIsMisspelt() {
		assertExplained(
				this.runner.withUserConfiguration(TwoDataSources.class)
					.withPropertyValues("switchboard.journal.data-source=frist"),
				"switchboard.journal.data-source is 'frist'. Did you mean 'first'? The DataSource beans are 'first', 'second'",
				"Name one of them");
	}

	@Test
	void thereIsNoDatabaseOfThatName() {
		assertExplained(this.runner.withPropertyValues("switchboard.journal.data-source=first"),
				"There is no DataSource bean", "leave the key out to keep the journal in a file");
	}

	@Test
	void theDatabaseIsNotSupported() throws SQLException {
		DataSource dataSource = mock(DataSource.class, RETURNS_DEEP_STUBS);
		given(dataSource.getConnection().getMetaData().getDatabaseProductName()).willReturn("Oracle");

		assertExplained(this.runner.withBean("orders", DataSource.class, () -> dataSource),
				"The journal cannot be kept in DataSource 'orders':%n%n    - The journal cannot be kept in 'Oracle', only in one of [H2, PostgreSQL]"
					.formatted(),
				"Name another DataSource");
	}

	@Test
	void theDatabaseIsAway() throws SQLException {
		DataSource dataSource = mock(DataSource.class);
		given(dataSource.getConnection()).willThrow(new SQLException("Connection to db:5432 refused"));

		assertExplained(this.runner.withBean("orders", DataSource.class, () -> dataSource),
				"The journal cannot be opened in DataSource 'orders':%n%n    - The database of the journal cannot be reached: Connection to db:5432 refused"
					.formatted(),
				"See that the database is up");
	}

	@Test
	void nobodyHasMadeTheTables() {
		assertExplained(
				this.runner.withBean("orders", DataSource.class, JournalSetupTests::inMemory)
					.withPropertyValues("switchboard.journal.migrate=false"),
				"The tables of the journal are not there, or not up to date", "user may make tables");
	}

	@Test
	void theFolderIsNone() throws IOException {
		Path file = Files.createFile(this.folder.resolve("file"));

		assertExplained(this.runner.withPropertyValues("switchboard.journal.folder=" + file),
				"switchboard.journal.folder is '%s'".formatted(file), "a folder that the process may write to");
	}

	@Test
	void theFolderHasACharacterThatIsNotPossible() {
		assertExplained(this.runner.withPropertyValues("switchboard.journal.folder=" + this.folder.resolve("a;b")),
				"allowed is a path without ';'", "Choose another folder");
	}

	@Test
	void theFolderIsInUseInThisProcess() {
		ApplicationContextRunner inFolder = this.runner.withPropertyValues("switchboard.journal.folder=" + this.folder);
		inFolder.run((first) -> assertExplained(inFolder, "another application context of this process has it",
				"In tests that keep several of them, set 'switchboard.journal.store' to 'memory'"));
	}

	@Test
	void theFileIsNone() throws IOException {
		Files.writeString(this.folder.resolve("journal.mv.db"), "no database".repeat(1000));

		ApplicationContextRunner inFolder = this.runner.withPropertyValues("switchboard.journal.folder=" + this.folder);
		assertExplained(inFolder, "The file of the journal cannot be opened", "move the folder away");
		assertExplained(inFolder, "The file of the journal cannot be opened", "move the folder away");
	}

	@Test
	void theFolderIsInUseInAnotherProcess() throws IOException, InterruptedException {
		Process other = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-cp",
				System.getProperty("java.class.path"), Holder.class.getName(),
				this.folder.resolve("journal.lock").toString())
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		try {
			assertThat(other.getInputStream().read()).isEqualTo('x');

			assertExplained(this.runner.withPropertyValues("switchboard.journal.folder=" + this.folder),
					"switchboard.journal.folder is '%s', and another process has it".formatted(this.folder),
					"Stop the other process");
		}
		finally {
			other.destroyForcibly().waitFor();
		}
		this.runner.withPropertyValues("switchboard.journal.folder=" + this.folder)
			.run((context) -> assertThat(context).hasSingleBean(Journal.class));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			connections=1     | connections is '1', allowed is 2 or more
			capacity=0        | capacity is '0', allowed is 1 or more
			accept-timeout=0s | accept-timeout is 'PT0S', allowed is a duration of more than zero
			accept-timeout=x  | accept-timeout is 'x', allowed is a duration such as
			store=disk        | disk
			memory.max-size=0B | memory.max-size is '0B', allowed is a size of more than zero
			memory.max-turn-size=0B | memory.max-turn-size is '0B'
			retention.turns=-1s | retention.turns is 'PT-1S', allowed is a duration of zero or more
			retention.sessions=-1s | retention.sessions is 'PT-1S'
			retention.events=-1 | retention.events is '-1', allowed is zero or more
			retention.interval=0s | retention.interval is 'PT0S'
			retention.event=5 | switchboard.journal.retention.event (in
			folders=/data     | switchboard.journal.folders (in
			""")
	void settingsThatMakeNoSense(String setting, String description) {
		assertExplained(this.runner.withPropertyValues("switchboard.journal." + setting), description, "");
	}

	private static void assertExplained(ApplicationContextRunner runner, String description, String action) {
		runner.run((context) -> {
			FailureAnalysis analysis = analyze(context.getStartupFailure());
			assertThat(analysis.getDescription()).contains(description);
			assertThat(analysis.getAction()).contains(action);
		});
	}

	private static FailureAnalysis analyze(Throwable failure) {
		assertThat(failure).as("the start fails").isNotNull();
		return SpringFactoriesLoader.forDefaultResourceLocation().load(FailureAnalyzer.class, (type, name, ex) -> {
		}).stream().map((analyzer) -> analyzer.analyze(failure)).filter(Objects::nonNull).findFirst().orElseThrow();
	}

	private static DataSource inMemory() {
		JdbcDataSource dataSource = new JdbcDataSource();
		dataSource.setURL("jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1".formatted(UUID.randomUUID()));
		return dataSource;
	}

	@Configuration(proxyBeanMethods = false)
	static class TwoDataSources {

		@Bean
		DataSource first() {
			return inMemory();
		}

		@Bean
		DataSource second() {
			return inMemory();
		}

	}

	/** A process that has the lock until it is killed. */
	public static final class Holder {

		private Holder() {
		}

		public static void main(String[] arguments) throws IOException {
			try (FileChannel channel = FileChannel.open(Path.of(arguments[0]), StandardOpenOption.CREATE,
					StandardOpenOption.WRITE)) {
				channel.lock();
				System.out.print('x');
				System.out.flush();
				System.in.read();
			}
		}

	}

}
