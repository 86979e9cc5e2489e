package io.switchboard.autoconfigure.web;

import java.time.Duration;
import java.time.Instant;

import io.switchboard.AgentPath;
import io.switchboard.ai.approval.ApprovalRequest;
import io.switchboard.ai.approval.Approvals;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.context.TestPropertySource;

import static io.switchboard.autoconfigure.web.DeskClient.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

/**
 * Tests for settings other than the default ones.
 */
@DeskTest
@TestPropertySource(properties = { "switchboard.web.base-path=/api/agents", "switchboard.web.keep-alive=100ms",
		"switchboard.web.max-input=20B", "switchboard.web.show-messages=true", "switchboard.web.list-approvals=true" })
class TurnSettingsTests {

	private static final Duration SOON = Duration.ofSeconds(60);

	@LocalServerPort
	private int port;

	@Autowired
	private Gates gates;

	@Autowired
	private Approvals approvals;

	private DeskClient desk;

	@BeforeEach
	void connect() {
		this.desk = new DeskClient(this.port);
	}

	@Test
	void streamOfATurnThatWaitsBeginsWithAComment() {
		StepVerifier first = StepVerifier.create(this.desk.open("/api/agents/support/slow-2/turns", "wait first"))
			.expectNextCount(1)
			.thenConsumeWhile((event) -> true)
			.expectComplete()
			.verifyLater();
		StepVerifier.create(this.gates.reached("first")).expectComplete().verify(SOON);

		Flux<ServerSentEvent<String>> waiting = this.desk.open("/api/agents/support/slow-2/turns", "say yes");

		StepVerifier.create(waiting)
			.assertNext((event) -> assertThat(event.comment()).isEqualTo("keep-alive"))
			.then(() -> this.gates.open("first"))
			.thenConsumeWhile((event) -> event.comment() != null)
			.assertNext((event) -> assertThat(event.event()).isEqualTo("turn-started"))
			.thenConsumeWhile((event) -> true)
			.expectComplete()
			.verify(SOON);
		first.verify(SOON);
	}

	@Test
	void smallerInputIsTooLarge() {
		problem(this.desk.ask("/api/agents/support/large/turns", "say more than twenty bytes"), 413, "input-too-large");
	}

	@Test
	void messagesAreToldWhereTheyMay() {
		problem(this.desk.ask("/api/agents/support/open/turns", "crash"), 500, "crashed").jsonPath("$.reason")
			.isEqualTo("java.lang.IllegalStateException: order of Ms Smith");
	}

	@Test
	void whatAllSessionsAskIsListedWhereItMay() {
		ask("/desk/support/app-1");
		ask("/desk/support/app-3");
		ask("/desk/triage");

		this.desk.get("/api/agents/support/approvals")
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.approvals[*].path")
			.value((paths) -> assertThat(paths).asInstanceOf(LIST)
				.containsExactlyInAnyOrder("/desk/support/app-1", "/desk/support/app-3"));
	}

	private void ask(String agent) {
		this.approvals.ask(new ApprovalRequest(AgentPath.of(agent), "t1", "c1", "refund", "{}", null, Instant.EPOCH));
	}

	@Test
	void newSessionIsFoundBelowTheBasePath() {
		this.desk.ask("/api/agents/support/turns", "say yes")
			.expectStatus()
			.isCreated()
			.expectHeader()
			.valueMatches("Location", "/api/agents/support/[\\w-]{22}");
	}

}
