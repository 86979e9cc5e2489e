package io.switchboard.autoconfigure.web;

import java.io.IOException;
import java.time.Duration;

import io.switchboard.runtime.AgentSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.MediaType;

import static io.switchboard.autoconfigure.web.DeskClient.events;
import static io.switchboard.autoconfigure.web.DeskClient.problem;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for turns and readers when the application stops.
 */
class ShutdownTests {

	/**
	 * Much less than a phase of the shutdown takes if somebody holds it up.
	 */
	private static final Duration SOON = Duration.ofSeconds(60);

	private final ConfigurableApplicationContext context = new SpringApplicationBuilder(Desk.class)
		.web(WebApplicationType.REACTIVE)
		.properties("server.port=0", "server.shutdown=graceful", "spring.lifecycle.timeout-per-shutdown-phase=2m",
				"server.address=127.0.0.1", "spring.ai.openai.api-key=none")
		.run();

	private final int port = this.context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);

	private final DeskClient desk = new DeskClient(this.port);

	private final Gates gates = this.context.getBean(Gates.class);

	@AfterEach
	void stop() {
		this.context.close();
	}

	@Test
	void readersOfSessionsDoNotHoldTheShutdownUp() {
		StepVerifier reader = StepVerifier
			.create(events(this.desk.get("/agents/support/s1/events", MediaType.TEXT_EVENT_STREAM)))
			.assertNext((event) -> {
				assertThat(event.event()).isEqualTo("disconnected");
				assertThat(event.id()).isNull();
				assertThat(event.data()).contains("\"code\":\"draining\"");
			})
			.expectComplete()
			.verifyLater();

		StepVerifier.create(close()).expectComplete().verify(SOON);
		reader.verify(SOON);
	}

	@Test
	void turnThatRunsIsAnsweredBeforeTheServerStops() throws IOException {
		try (RawReader turn = RawReader.turn(this.port, "/agents/support/s1/turns", "wait until-stop")) {
			StepVerifier.create(this.gates.reached("until-stop")).expectComplete().verify(SOON);

			StepVerifier closed = StepVerifier.create(close()).expectComplete().verifyLater();
			this.gates.open("until-stop");

			assertThat(turn.rest(3)).extracting(RawReader.Event::type)
				.containsExactly("turn-started", "turn-completed");
			closed.verify(SOON);
		}
	}

	@Test
	void turnThatWouldNotEndIsGivenUpWithTheApplication() {
		StepVerifier turn = StepVerifier.create(this.desk.open("/agents/support/s1/turns", "wait forever"))
			.expectNextCount(1)
			.thenCancel()
			.verifyLater();
		StepVerifier.create(this.gates.reached("forever")).expectComplete().verify(SOON);
		turn.verify(SOON);

		StepVerifier.create(close()).expectComplete().verify(SOON);

		StepVerifier.create(this.gates.cancelled("forever")).expectComplete().verify(SOON);
	}

	@Test
	void agentsThatAreStoppingTakeNoTurns() {
		StepVerifier.create(this.context.getBean(AgentSystem.class).stop()).expectComplete().verify(SOON);

		var refused = this.desk.ask("/agents/support/s1/turns", "say yes");

		refused.expectHeader().valueEquals("Retry-After", "5");
		problem(refused, 503, "stopping").jsonPath("$.path").isEqualTo("/desk/support/s1");
		assertThat(this.context.isRunning()).isTrue();
	}

	private Mono<Void> close() {
		return Mono.<Void>fromRunnable(this.context::close).subscribeOn(Schedulers.boundedElastic());
	}

}
