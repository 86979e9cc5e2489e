package io.switchboard.autoconfigure.actuate;

import java.time.Duration;
import java.util.List;

import io.switchboard.AgentPath;
import io.switchboard.SendResult;
import io.switchboard.ai.ModelAgent;
import io.switchboard.ai.failure.FailureClass;
import io.switchboard.ai.failure.TurnFailure;
import io.switchboard.ai.failure.TurnFailureException;
import io.switchboard.ai.model.ModelProvider;
import io.switchboard.ai.turn.GivenUpTurns;
import io.switchboard.ai.turn.TurnCompleted;
import io.switchboard.ai.turn.TurnEvent;
import io.switchboard.ai.turn.TurnFailed;
import io.switchboard.ai.turn.TurnRequest;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.test.model.ScriptedChatModel;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.actuate.audit.AuditEvent;
import org.springframework.boot.actuate.audit.AuditEventRepository;
import org.springframework.boot.actuate.audit.InMemoryAuditEventRepository;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.annotation.DirtiesContext.ClassMode;
import org.springframework.test.context.TestPropertySource;

import static io.switchboard.autoconfigure.actuate.ActuatorClient.get;
import static io.switchboard.autoconfigure.actuate.ActuatorClient.post;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DeadLettersEndpoint} and {@link CrashesEndpoint} over HTTP.
 */
@ActuatorTest
@TestPropertySource(properties = { "management.endpoints.web.exposure.include=deadletters,crashes",
		"management.endpoint.deadletters.access=unrestricted" })
@DirtiesContext(classMode = ClassMode.AFTER_EACH_TEST_METHOD)
class DeadLettersWebTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	@LocalServerPort
	private int port;

	@Autowired
	private AgentSystem system;

	@Autowired
	private AuditEventRepository audit;

	@Autowired
	private GivenUpTurns givenUp;

	@Test
	void turnsThatWereGivenUpAreShownWithoutWhatWasSaid() {
		fail("t1");

		get(this.port, "/actuator/deadletters").expectStatus()
			.isOk()
			.expectBody()
			.json("""
					{"turnCount": 1, "turns": [{"agent": "/support", "turn": "t1", "incarnation": 1,
					                            "failure": "refused"}],
					 "messageCount": 0, "messages": []}""")
			.jsonPath("$.turns[0].at")
			.exists()
			.jsonPath("$.turns[0].input")
			.doesNotExist()
			.jsonPath("$.turns[0].detail")
			.doesNotExist();
		get(this.port, "/actuator/deadletters?limit=0").expectBody()
			.jsonPath("$.turnCount")
			.isEqualTo(1)
			.jsonPath("$.turns.length()")
			.isEqualTo(0);
	}

	@Test
	void turnIsReplayed() {
		fail("t1");

		post(this.port, "/actuator/deadletters/support/t1", "{\"action\": \"replay\"}").expectStatus().isNoContent();

		assertThat(this.givenUp.all()).isEmpty();
		// the one that was replayed came first
		StepVerifier.create(ask("t2"))
			.expectNextMatches((event) -> event instanceof TurnCompleted done && done.answer().equals("third"))
			.expectComplete()
			.verify(LIMIT);
		assertThat(outcomes("/support")).containsExactly("replay-dead-letter done");
	}

	@Test
	void turnThatItsAgentDoesNotTakeIsKept() {
		fail("t1");
		StepVerifier.create(this.system.supervisor(AgentPath.ROOT).terminateChild("support"))
			.expectComplete()
			.verify(LIMIT);

		post(this.port, "/actuator/deadletters/support/t1", "{\"action\": \"replay\"}").expectStatus()
			.isEqualTo(409)
			.expectBody()
			.json("""
					{"problem": "not-possible", "possible": ["replay", "drop"]}""");

		assertThat(this.givenUp.all()).hasSize(1);
		assertThat(outcomes("/support")).containsExactly("replay-dead-letter not-possible");
	}

	@Test
	void turnIsDropped() {
		fail("t1");

		post(this.port, "/actuator/deadletters/support/t1", "{\"action\": \"drop\"}").expectStatus().isNoContent();
		post(this.port, "/actuator/deadletters/support/t1", "{\"action\": \"drop\"}").expectStatus()
			.isNotFound()
			.expectBody()
			.jsonPath("$.problem")
			.isEqualTo("not-found");

		assertThat(outcomes("/support")).containsExactlyInAnyOrder("drop-dead-letter done",
				"drop-dead-letter not-found");
	}

	@Test
	void messagesThatReachedNobodyAreShownByTheirClassAndDroppedTogether() {
		fail("t1");
		assertThat(this.system.agent("/nobody", String.class).tell("secret")).isEqualTo(SendResult.NO_PROCESS);
		get(this.port, "/actuator/deadletters").expectBody().json("""
				{"messageCount": 1, "messages": [{"path": "/nobody", "type": "java.lang.String",
				                                  "result": "no-process"}]}""");

		post(this.port, "/actuator/deadletters", "{\"action\": \"drop\"}").expectStatus().isNoContent();

		get(this.port, "/actuator/deadletters").expectBody()
			.jsonPath("$.messageCount")
			.isEqualTo(0)
			.jsonPath("$.turnCount")
			.isEqualTo(0);
		assertThat(outcomes("/")).containsExactly("drop-dead-letters done");
	}

	@Test
	void actionThatIsNotKnownIsABadRequest() {
		post(this.port, "/actuator/deadletters/support/t1", "{\"action\": \"eat\"}").expectStatus()
			.isBadRequest()
			.expectBody()
			.json("""
					{"problem": "unknown-action", "possible": ["replay", "drop"]}""");
		post(this.port, "/actuator/deadletters", "{\"action\": \"replay\"}").expectStatus().isBadRequest();
	}

	@Test
	void crashesOfAllNodesAreShownNewestFirst() {
		crash("one");
		crash("two");

		get(this.port, "/actuator/crashes").expectStatus()
			.isOk()
			.expectBody()
			.json("""
					{"crashReports": [{"path": "/two", "reason": {"kind": "crash"}}, {"path": "/one"}]}""")
			.jsonPath("$.crashReports[0].reason.failure.text")
			.doesNotExist();
		get(this.port, "/actuator/crashes?limit=1").expectBody().jsonPath("$.crashReports.length()").isEqualTo(1);
		get(this.port, "/actuator/crashes?limit=-1").expectStatus().isBadRequest();
	}

	private void crash(String agent) {
		StepVerifier.create(this.system.agent("/" + agent, String.class).ask("secret", String.class))
			.expectError()
			.verify(LIMIT);
		// it is up again, so its report was written
		StepVerifier.create(this.system.agent("/" + agent, String.class).ask("hello", String.class))
			.expectNext("hello")
			.expectComplete()
			.verify(LIMIT);
	}

	private void fail(String turn) {
		StepVerifier.create(ask(turn)).expectNextMatches(TurnFailed.class::isInstance).expectComplete().verify(LIMIT);
	}

	private Mono<TurnEvent> ask(String turn) {
		return this.system.agent("/support", TurnRequest.class).ask(new TurnRequest(turn, "secret"), TurnEvent.class);
	}

	private List<String> outcomes(String path) {
		return this.audit.find(null, null, null)
			.stream()
			.map(AuditEvent::getData)
			.filter((data) -> path.equals(data.get("path")))
			.map((data) -> data.get("action") + " " + data.get("outcome"))
			.toList();
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class Application {

		@Bean
		AuditEventRepository auditEvents() {
			return new InMemoryAuditEventRepository();
		}

		@Bean
		AgentSpec<TurnRequest> support(GivenUpTurns givenUp) {
			return ModelAgent.builder("support")
				.model(ScriptedChatModel.script()
					.fail(() -> new TurnFailureException(TurnFailure.of(FailureClass.REFUSED, "secret")))
					.answer("second")
					.answer("third")
					.build())
				.provider(ModelProvider.builder("scripted").build())
				.givenUp(givenUp)
				.build();
		}

		@Bean
		AgentSpec<String> one() {
			return crashing("one");
		}

		@Bean
		AgentSpec<String> two() {
			return crashing("two");
		}

		private static AgentSpec<String> crashing(String id) {
			return AgentSpec.builder(id, String.class, () -> (message, context) -> {
				if (message.equals("secret")) {
					throw new IllegalStateException(message);
				}
				return Mono.just(message);
			}).build();
		}

	}

}
