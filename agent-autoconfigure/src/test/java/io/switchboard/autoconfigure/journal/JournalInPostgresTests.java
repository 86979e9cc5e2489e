package io.switchboard.autoconfigure.journal;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;

import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;

import io.switchboard.AgentPath;
import io.switchboard.jdbc.ContentCodec;
import io.switchboard.journal.JournalEntry;
import io.switchboard.journal.JournalWriter;
import io.switchboard.journal.JournalWriters;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The journal in the application's PostgreSQL.
 */
class JournalInPostgresTests {

	private static final AgentPath ADA = AgentPath.of("/desk/support/ada");

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static EmbeddedPostgres postgres;

	@BeforeAll
	static void start() throws IOException {
		postgres = EmbeddedPostgres.start();
	}

	@AfterAll
	static void stop() throws IOException {
		postgres.close();
	}

	@Test
	void sessionsSurviveTheApplicationAndAreEncrypted() throws GeneralSecurityException {
		ContentCodec codec = new EncryptingCodec(new SecretKeySpec(new byte[32], "AES"));
		ApplicationContextRunner runner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(JournalAutoConfiguration.class))
			.withBean(ContentCodec.class, () -> codec)
			.withBean(DataSource.class, postgres::getPostgresDatabase);
		JournalEntry.Accepted accepted = new JournalEntry.Accepted("t1", "Where is my order?", "key-1", Instant.EPOCH);

		runner.run((context) -> {
			JournalWriter writer = context.getBean(JournalWriters.class).of(ADA, "support@1").block(PATIENCE);
			writer.write(accepted).block(PATIENCE);
		});

		runner.run((context) -> {
			assertThat(context.getBean(JournalWriters.class).journal().openTurns().blockFirst(PATIENCE))
				.satisfies((turn) -> assertThat(turn.message()).isEqualTo(accepted.message()));
			assertThat(new JdbcTemplate(postgres.getPostgresDatabase())
				.queryForObject("select message from switchboard_turn", String.class)).doesNotContain("order");
		});
	}

}
