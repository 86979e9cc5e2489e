package io.switchboard.autoconfigure.actuate;

import java.time.Duration;
import java.util.Objects;

import io.switchboard.AgentContext;
import io.switchboard.AgentPath;
import io.switchboard.StatefulBehaviour;
import io.switchboard.autoconfigure.operations.AgentOperations;
import io.switchboard.report.Sanitizer;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.Shutdown;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.TestPropertySource;

import static io.switchboard.autoconfigure.actuate.ActuatorClient.get;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what {@link AgentsEndpoint} shows of one node of a running system.
 */
@ActuatorTest
@TestPropertySource(properties = { "management.endpoint.agents.show-values=always", "switchboard.show-content=true",
		"switchboard.root.max-restarts=100" })
class AgentInspectionWebTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	@LocalServerPort
	private int port;

	@Autowired
	private AgentSystem system;

	@Test
	void nodeIsShownFromNear() {
		ask("crashing", "crash");
		ask("crashing", "back");
		StepVerifier.create(this.system.control(AgentPath.of("/crashing")).trace(10)).expectComplete().verify(LIMIT);
		ask("crashing", "hello");

		get(this.port, "/actuator/agents/crashing").expectStatus()
			.isOk()
			.expectBody()
			.json("""
					{"path": "/crashing", "type": "agent", "status": "running", "incarnation": 2, "restarts": 1,
					 "mailbox": {"size": 0, "capacity": 1000}, "definition": {"version": "1"},
					 "state": {"type": "java.lang.String", "text": "hello"},
					 "statistics": {"taken": 2, "handled": 2, "answered": 2, "failed": 0, "staleDropped": 0},
					 "specification": {"restart": "permanent", "significant": false, "shutdown": "PT5S",
					                   "messageTypes": ["java.lang.String"], "overflow": "reject",
					                   "blocking": false, "redelivers": false},
					 "budget": {"strategy": "one-for-one", "maxRestarts": 100, "within": "PT1M"},
					 "trace": [{"kind": "message", "incarnation": 2, "type": "java.lang.String"},
					           {"kind": "answered"}, {"kind": "handled"}],
					 "crashReports": [
					  {"path": "/crashing", "incarnation": 1, "context": "child-terminated",
					   "reason": {"kind": "crash", "text": "java.lang.IllegalStateException: crash",
					              "failure": {"type": "java.lang.IllegalStateException", "text": "crash"}},
					   "message": {"type": "java.lang.String", "text": "crash"}, "mailboxSize": 0,
					   "ancestors": ["/"],
					   "budget": {"strategy": "one-for-one", "restarts": 0, "maxRestarts": 100, "within": "PT1M"},
					   "offender": {"id": "crashing", "type": "agent", "restart": "permanent", "significant": false,
					                "shutdown": "PT5S", "version": "1"}}]}""")
			.jsonPath("$.node")
			.doesNotExist()
			.jsonPath("$.crashReports[0].traceId")
			.doesNotExist()
			.jsonPath("$.crashReports[0].reason.failure.stackTrace[0]")
			.exists();
	}

	@Test
	void nodeThatHasNotCrashedHasNoReports() {
		get(this.port, "/actuator/agents/quiet").expectBody()
			.jsonPath("$.crashReports.length()")
			.isEqualTo(0)
			.jsonPath("$.statistics.startedAt")
			.exists()
			.jsonPath("$.trace")
			.doesNotExist()
			.jsonPath("$.handling")
			.doesNotExist();
	}

	@Test
	void supervisorIsShownWithItsChildren() {
		get(this.port, "/actuator/agents/").expectBody().jsonPath("$.statistics").doesNotExist();
		get(this.port, "/actuator/agents").expectBody().jsonPath("$.children[0].crashReports").doesNotExist();
	}

	@Test
	void busyAgentIsShownWithoutItsState() {
		this.system.agent("/busy", String.class).tell("never");

		get(this.port, "/actuator/agents/busy").expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.handling")
			.isEqualTo("java.lang.String")
			.jsonPath("$.handlingFor")
			.exists()
			.jsonPath("$.state")
			.doesNotExist();
	}

	@Test
	void nodesAreNotOperatedUnlessThatIsAllowed() {
		ActuatorClient.post(this.port, "/actuator/agents/quiet", "{\"action\": \"kill\"}")
			.expectStatus()
			.isEqualTo(405);
	}

	@Test
	void textsAreForThoseWhoMaySeeThem() {
		ask("secretive", "crash");
		ask("secretive", "back");
		AgentsEndpoint endpoint = new AgentsEndpoint(this.system, new AgentOperations(this.system), Sanitizer.showing(),
				Show.NEVER);

		NodeDetails[] seen = new NodeDetails[1];
		StepVerifier.create(endpoint.node(new String[] { "secretive" }, null, null))
			.consumeNextWith((details) -> seen[0] = details)
			.expectComplete()
			.verify(LIMIT);

		CrashReportDescriptor report = seen[0].crashReports().get(0);
		assertThat(report.reason().text()).isEqualTo("java.lang.IllegalStateException");
		assertThat(Objects.requireNonNull(report.reason().failure()).text()).isNull();
		assertThat(report.message()).isEqualTo(new ContentDescriptor("java.lang.String", null));
		assertThat(seen[0].state()).isEqualTo(new ContentDescriptor("java.lang.String", null));
	}

	private void ask(String agent, String message) {
		StepVerifier
			.create(this.system.agent("/" + agent, String.class)
				.ask(message, String.class)
				.onErrorResume((ex) -> Mono.empty()))
			.thenConsumeWhile((answer) -> true)
			.expectComplete()
			.verify(LIMIT);
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class Application {

		@Bean
		AgentSpec<String> crashing() {
			return AgentSpec.builder("crashing", String.class, Notebook::new).build();
		}

		@Bean
		AgentSpec<String> quiet() {
			return AgentSpec.builder("quiet", String.class, Notebook::new).build();
		}

		@Bean
		AgentSpec<String> busy() {
			return AgentSpec.builder("busy", String.class, Notebook::new).shutdown(Shutdown.brutalKill()).build();
		}

		@Bean
		AgentSpec<String> secretive() {
			return AgentSpec.builder("secretive", String.class, Notebook::new).build();
		}

	}

	static final class Notebook implements StatefulBehaviour<String, String> {

		private String state = "empty";

		@Override
		public Mono<String> onMessage(String message, AgentContext<String> context) {
			if (message.equals("crash")) {
				throw new IllegalStateException(message);
			}
			this.state = message;
			return message.equals("never") ? Mono.never() : Mono.just(message);
		}

		@Override
		public String state() {
			return this.state;
		}

		@Override
		public void replaceState(String state) {
			this.state = state;
		}

	}

}
