package io.switchboard.autoconfigure.web;

import java.nio.file.Path;
import java.time.Duration;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.switchboard.AgentPath;
import io.switchboard.jdbc.JdbcJournal;
import io.switchboard.jdbc.TroubledPostgres;
import io.switchboard.runtime.AgentSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.codec.ServerSentEvent;

import static io.switchboard.autoconfigure.web.DeskClient.events;
import static io.switchboard.autoconfigure.web.DeskClient.problem;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a database that takes longer over a write than anybody wants to wait.
 */
class SlowDatabaseTests {

	private static final Duration SOON = Duration.ofSeconds(60);

	private static final int MANY = 40;

	@TempDir
	private Path folder;

	private TroubledPostgres postgres;

	private HikariDataSource pool;

	private ConfigurableApplicationContext context;

	@BeforeEach
	void start() {
		this.postgres = new TroubledPostgres(this.folder.resolve("data"));
		this.pool = this.postgres.pool();
		this.context = new SpringApplicationBuilder(Desk.class).web(WebApplicationType.REACTIVE)
			.initializers((made) -> ((GenericApplicationContext) made).registerBean(DataSource.class, () -> this.pool))
			.run("--server.port=0", "--server.address=127.0.0.1", "--spring.ai.openai.api-key=none",
					"--switchboard.journal.store=jdbc", "--switchboard.journal.accept-timeout=1s",
					"--spring.lifecycle.timeout-per-shutdown-phase=100ms");
	}

	@AfterEach
	void close() {
		this.context.close();
		this.pool.close();
		this.postgres.close();
	}

	@Test
	void whatIsNotKeptInTimeIsRefusedAndLeavesNothingBehind() {
		DeskClient client = new DeskClient(
				this.context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
		Flux<ServerSentEvent<String>> turn = events(client.stream("/agents/support/slow/turns", "wait slow"));
		StepVerifier told = StepVerifier.create(turn.map(ServerSentEvent::event))
			.expectNext("turn-started", "turn-completed")
			.expectComplete()
			.verifyLater();
		StepVerifier.create(this.context.getBean(Gates.class).reached("slow")).expectComplete().verify(SOON);

		try (TroubledPostgres.Hold hold = this.postgres.holdWrites()) {
			this.context.getBean(Gates.class).open("slow");
			StepVerifier
				.create(Flux.range(0, MANY)
					.flatMap((n) -> Mono
						.fromRunnable(() -> problem(client.ask("/agents/support/s%d/turns".formatted(n % 20), "count"),
								503, "journal-unavailable"))
						.subscribeOn(Schedulers.boundedElastic()), MANY))
				.expectComplete()
				.verify(SOON);
			client.get("/agents/nobody/s1").expectStatus().isNotFound();
			assertThat(hold.isHeld()).isTrue();
		}

		told.verify(SOON);
		JdbcJournal journal = this.context.getBean(JdbcJournal.class);
		StepVerifier.create(journal.openTurns()).expectComplete().verify(SOON);
		client.ask("/agents/support/s0/turns", "count").expectBody().jsonPath("$.answer").isEqualTo("1/1");
		assertThat(journal.statistics().waiting()).isZero();
		SessionFeeds feeds = this.context.getBean(SessionFeeds.class);
		assertThat(feeds.find(AgentPath.of("/desk/support/s1"))).isNull();
		assertThat(this.context.getBean(AgentSystem.class).node(AgentPath.of("/desk/support/slow")).restarts())
			.isZero();
	}

}
