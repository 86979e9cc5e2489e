package io.switchboard.autoconfigure.web;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.switchboard.AgentPath;
import io.switchboard.jdbc.TroubledPostgres;
import io.switchboard.runtime.AgentSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.MediaType;

import static io.switchboard.autoconfigure.web.DeskClient.events;
import static io.switchboard.autoconfigure.web.DeskClient.problem;
import static io.switchboard.autoconfigure.web.DurableDesk.after;
import static io.switchboard.autoconfigure.web.DurableDesk.key;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for two applications over one PostgreSQL that serve the same session.
 */
class TwoProcessesTests {

	private static final Duration SOON = Duration.ofSeconds(60);

	private static final String TURNS = "/agents/support/s1/turns";

	private final List<AutoCloseable> opened = new ArrayList<>();

	@TempDir
	private Path folder;

	private TroubledPostgres postgres;

	@BeforeEach
	void startServer() {
		this.postgres = new TroubledPostgres(this.folder.resolve("data"));
		this.opened.add(this.postgres);
	}

	@AfterEach
	void close() throws Exception {
		for (int i = this.opened.size() - 1; i >= 0; i--) {
			this.opened.get(i).close();
		}
	}

	@Test
	void theOneThatLosesASessionSaysSoAndTheOtherGoesOn() {
		ConfigurableApplicationContext first = start();
		ConfigurableApplicationContext second = start();
		DeskClient loser = client(first);
		DeskClient leader = client(second);
		StepVerifier reader = StepVerifier
			.create(events(loser.stream(TURNS, "wait both", key("k1")))
				.map((event) -> event.id() + " " + event.event()))
			.expectNext("1 turn-started", "null disconnected")
			.expectComplete()
			.verifyLater();
		StepVerifier waiter = StepVerifier
			.create(Mono.fromRunnable(() -> problem(loser.ask(TURNS, "wait both", key("k1")), 503, "session-moved"))
				.subscribeOn(Schedulers.boundedElastic()))
			.expectComplete()
			.verifyLater();
		StepVerifier.create(first.getBean(Gates.class).reached("both")).expectComplete().verify(SOON);

		leader.ask(TURNS, "count").expectBody().jsonPath("$.answer").isEqualTo("1/1");
		first.getBean(Gates.class).open("both");

		reader.verify(SOON);
		waiter.verify(SOON);
		StepVerifier again = StepVerifier
			.create(events(leader.stream(TURNS, "wait both", key("k1").andThen(after(1))))
				.map((event) -> event.id() + " " + event.event()))
			.expectNext("4 turn-completed")
			.expectComplete()
			.verifyLater();
		second.getBean(Gates.class).open("both");
		again.verify(SOON);
		assertThat(first.getBean(AgentSystem.class).node(AgentPath.of("/desk/support/s1")).restarts()).isZero();
	}

	@Test
	void eachTakesTheSessionWithTheTurnThatItIsSent() {
		DeskClient one = client(start());
		DeskClient other = client(start());

		for (int turn = 0; turn < 3; turn++) {
			one.ask(TURNS, "count").expectStatus().isOk();
			other.ask(TURNS, "count").expectStatus().isOk();
		}

		StepVerifier
			.create(events(one.get("/agents/support/s1/events", MediaType.TEXT_EVENT_STREAM, after(0)))
				.map((event) -> event.id() + " " + event.event())
				.take(12))
			.expectNextCount(11)
			.expectNext("12 turn-completed")
			.expectComplete()
			.verify(SOON);
	}

	private ConfigurableApplicationContext start() {
		HikariDataSource pool = this.postgres.pool();
		this.opened.add(pool);
		ConfigurableApplicationContext context = new SpringApplicationBuilder(Desk.class)
			.web(WebApplicationType.REACTIVE)
			.initializers((made) -> ((GenericApplicationContext) made).registerBean(DataSource.class, () -> pool))
			.run("--server.port=0", "--server.address=127.0.0.1", "--spring.ai.openai.api-key=none",
					"--switchboard.journal.store=jdbc", "--spring.lifecycle.timeout-per-shutdown-phase=100ms");
		this.opened.add(context);
		return context;
	}

	private static DeskClient client(ConfigurableApplicationContext context) {
		return new DeskClient(context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
	}

}
