package io.switchboard.autoconfigure.actuate;

import java.util.List;

import io.switchboard.AgentPath;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.tree.TreeNode;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.actuate.audit.AuditEvent;
import org.springframework.boot.actuate.audit.AuditEventRepository;
import org.springframework.boot.actuate.audit.InMemoryAuditEventRepository;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import org.springframework.web.server.WebFilter;

import static io.switchboard.autoconfigure.actuate.ActuatorClient.get;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what operators do with {@link AgentsEndpoint} over HTTP.
 */
@ActuatorTest
@TestPropertySource(properties = "management.endpoint.agents.access=unrestricted")
class AgentOperationWebTests {

	@LocalServerPort
	private int port;

	@Autowired
	private AgentSystem system;

	@Autowired
	private AuditEventRepository audit;

	@Test
	void nodeIsRestarted() {
		act("/restarted", "restart").expectStatus().isNoContent().expectBody().isEmpty();

		get(this.port, "/actuator/agents/restarted").expectBody()
			.jsonPath("$.incarnation")
			.isEqualTo(2)
			.jsonPath("$.restarts")
			.isEqualTo(0);
		assertThat(audited("/restarted")).singleElement().satisfies((event) -> {
			assertThat(event.getPrincipal()).isEqualTo("ann");
			assertThat(event.getType()).isEqualTo("AGENT_OPERATED");
			assertThat(event.getData()).containsEntry("action", "restart").containsEntry("outcome", "done");
		});
	}

	@Test
	void subtreeIsStoppedAndStarted() {
		act("/desk", "stop").expectStatus().isNoContent();
		assertThat(node("/desk").status().id()).isEqualTo("stopped");
		get(this.port, "/actuator/agents/desk").expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.status")
			.isEqualTo("stopped")
			.jsonPath("$.specification.restart")
			.isEqualTo("permanent");

		act("/desk", "start").expectStatus().isNoContent();

		assertThat(node("/desk/one").status().id()).isEqualTo("running");
	}

	@Test
	void sessionIsStopped() {
		this.system.agent("/sessions/ann", String.class).tell("hello");

		act("/sessions/ann", "drain").expectStatus().isNoContent();

		assertThat(this.system.node(AgentPath.of("/sessions/ann"))).isNull();
	}

	@Test
	void whatIsNotPossibleNowIsAConflict() {
		act("/steady", "start").expectStatus()
			.isEqualTo(409)
			.expectBody()
			.json("""
					{"problem": "not-possible",
					 "detail": "Cannot start '/steady': it is running; possible now: restart, stop, suspend, drain, kill, trace-on, trace-off",
					 "possible": ["restart", "stop", "suspend", "drain", "kill", "trace-on", "trace-off"]}""");
		assertThat(audited("/steady")).extracting((event) -> event.getData().get("outcome"))
			.containsExactly("not-possible");
	}

	@Test
	void whatDoesNotFitIsABadRequest() {
		act("/sessions", "drain").expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.problem")
			.isEqualTo("not-applicable");
	}

	@Test
	void actionThatIsNotKnownIsABadRequest() {
		act("/steady2", "restat").expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.problem")
			.isEqualTo("unknown-action")
			.jsonPath("$.detail")
			.isEqualTo("There is no action 'restat'. Did you mean 'restart'?")
			.jsonPath("$.possible[0]")
			.isEqualTo("restart");
		ActuatorClient.post(this.port, "/actuator/agents/steady2", "{}").expectStatus().isBadRequest();
	}

	@Test
	void nodeThatIsMissingIsNotFound() {
		act("/nobody", "restart").expectStatus().isNotFound().expectBody().jsonPath("$.problem").isEqualTo("not-found");
		act("/%20", "restart").expectStatus().isNotFound();
	}

	private ResponseSpec act(String path, String action) {
		return ActuatorClient.post(this.port, "/actuator/agents" + path, "{\"action\": \"" + action + "\"}");
	}

	private TreeNode node(String path) {
		TreeNode node = this.system.node(AgentPath.of(path));
		assertThat(node).isNotNull();
		return node;
	}

	private List<AuditEvent> audited(String path) {
		return this.audit.find(null, null, null)
			.stream()
			.filter((event) -> path.equals(event.getData().get("path")))
			.toList();
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class Application {

		@Bean
		WebFilter signedIn() {
			return (exchange, chain) -> chain.filter(exchange)
				.contextWrite(ReactiveSecurityContextHolder
					.withAuthentication(new TestingAuthenticationToken("ann", "none", "operator")));
		}

		@Bean
		AuditEventRepository auditEvents() {
			return new InMemoryAuditEventRepository();
		}

		@Bean
		AgentSpec<String> restarted() {
			return agent("restarted");
		}

		@Bean
		AgentSpec<String> steady() {
			return agent("steady");
		}

		@Bean
		AgentSpec<String> steady2() {
			return agent("steady2");
		}

		@Bean
		SupervisorSpec desk() {
			return SupervisorSpec.builder("desk").child(agent("one")).build();
		}

		@Bean
		DynamicSupervisorSpec sessions() {
			return DynamicSupervisorSpec.builder("sessions").template(Application::agent).build();
		}

		private static AgentSpec<String> agent(String id) {
			return AgentSpec.builder(id, String.class, () -> (message, context) -> Mono.just(message)).build();
		}

	}

}
