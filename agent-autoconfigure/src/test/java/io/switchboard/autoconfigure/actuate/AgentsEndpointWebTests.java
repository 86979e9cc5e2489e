package io.switchboard.autoconfigure.actuate;

import java.util.List;

import io.switchboard.runtime.AgentSystem;
import io.switchboard.runtime.ChildOperationException;
import io.switchboard.runtime.NodeControl;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.tree.AgentTree;
import io.switchboard.tree.NodeInspection;
import io.switchboard.tree.TreeNode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;

import static io.switchboard.autoconfigure.actuate.ActuatorClient.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link AgentsEndpoint} over HTTP.
 */
@ActuatorTest
class AgentsEndpointWebTests {

	@LocalServerPort
	private int port;

	@Test
	void treeHasTheFieldsOperatorsRelyOn() {
		get(this.port, "/actuator/agents").expectStatus()
			.isOk()
			.expectBody()
			.json("""
					{"path": "/", "type": "supervisor", "status": "running", "incarnation": 1, "restarts": 0,
					 "strategy": "one-for-one", "maxRestarts": 3, "within": "PT5S", "restartsInWindow": 0, "childCount": 1,
					 "children": [
					  {"path": "/desk", "type": "supervisor", "status": "running", "incarnation": 1, "restarts": 0,
					   "strategy": "rest-for-one", "maxRestarts": 5, "within": "PT1M30S", "restartsInWindow": 1,
					   "childCount": 2,
					   "children": [
					    {"path": "/desk/pricing", "type": "agent", "status": "running", "incarnation": 2, "restarts": 1,
					     "lastExit": {"kind": "crash", "reason": "java.lang.IllegalStateException",
					                  "at": "2026-05-01T10:00:00Z"},
					     "restart": "transient", "mailbox": {"size": 3, "capacity": 1000, "oldest": "PT1.5S"},
					     "definition": {"version": "7"}},
					    {"path": "/desk/support", "type": "dynamic-supervisor", "status": "running", "incarnation": 1,
					     "restarts": 0, "strategy": "one-for-one", "maxRestarts": 3, "within": "PT1M",
					     "restartsInWindow": 0, "childCount": 300}]}]}""")
			.jsonPath("$.children[0].children[1].children.length()")
			.isEqualTo(200)
			.jsonPath("$.children[0].children[1].children[0].mailbox.oldest")
			.doesNotExist();
	}

	@Test
	void limitChoosesHowManyChildrenAreShown() {
		get(this.port, "/actuator/agents?limit=3").expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.children[0].children[1].children.length()")
			.isEqualTo(3)
			.jsonPath("$.children[0].children[1].childCount")
			.isEqualTo(300);
	}

	@Test
	void nextSaysWhereToGoOn() {
		get(this.port, "/actuator/agents/desk/support?limit=3").expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.next")
			.isEqualTo(2);
		get(this.port, "/actuator/agents/desk/support?limit=3&after=2").expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.children[0].path")
			.isEqualTo("/desk/support/s3")
			.jsonPath("$.next")
			.isEqualTo(5);
		get(this.port, "/actuator/agents/desk/support?after=298").expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.children.length()")
			.isEqualTo(1)
			.jsonPath("$.next")
			.doesNotExist();
	}

	@Test
	void treeIsDrawnForMermaid() {
		String drawing = get(this.port, "/actuator/agents?limit=2&format=mermaid").expectStatus()
			.isOk()
			.expectHeader()
			.contentType("text/vnd.mermaid;charset=UTF-8")
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();

		assertThat(drawing).startsWith("flowchart TD\n")
			.contains("n0[[\"/<br/>running, 0 restarts\"]]")
			.contains("(\"pricing<br/>running, 1 restarts, 3 waiting\")")
			.contains("(\"2 of 300 shown\")")
			.contains("n0 --> n1");
	}

	@Test
	void nodeIsDrawnForGraphviz() {
		String drawing = get(this.port, "/actuator/agents/desk?limit=2&format=dot").expectStatus()
			.isOk()
			.expectHeader()
			.contentType("text/vnd.graphviz;charset=UTF-8")
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();

		assertThat(drawing).startsWith("digraph agents {\n")
			.contains("n0 [label=\"desk\\nrunning, 0 restarts\", shape=box];")
			.endsWith("}\n");
	}

	@Test
	void formatThatIsNotKnownIsABadRequest() {
		get(this.port, "/actuator/agents?format=svg").expectStatus().isBadRequest();
		get(this.port, "/actuator/agents/nobody?format=dot").expectStatus().isNotFound();
	}

	@Test
	void oneNodeIsFoundByItsPath() {
		get(this.port, "/actuator/agents/desk/support/s250").expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.path")
			.isEqualTo("/desk/support/s250")
			.jsonPath("$.lastExit")
			.doesNotExist();
	}

	@Test
	void supervisorIsFoundByItsPathAndCut() {
		get(this.port, "/actuator/agents/desk/support?limit=0").expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.children.length()")
			.isEqualTo(0)
			.jsonPath("$.childCount")
			.isEqualTo(300);
	}

	@Test
	void unknownPathIsNotFound() {
		get(this.port, "/actuator/agents/desk/nobody").expectStatus().isNotFound();
	}

	@Test
	void impossiblePathIsNotFound() {
		get(this.port, "/actuator/agents/desk/%20").expectStatus().isNotFound();
	}

	@Test
	void negativeLimitIsABadRequest() {
		get(this.port, "/actuator/agents?limit=-1").expectStatus().isBadRequest();
	}

	@Test
	void limitThatIsNoNumberIsABadRequest() {
		get(this.port, "/actuator/agents/desk?limit=many").expectStatus().isBadRequest();
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class Application {

		@Bean
		AgentSystem agentSystem() {
			AgentSystem system = mock(AgentSystem.class);
			AgentTree tree = Trees.desk(300);
			given(system.node(any(), any())).willAnswer((call) -> {
				TreeNode found = tree.find(call.getArgument(0));
				return (found != null) ? Trees.cut(found, call.getArgument(1)) : null;
			});
			given(system.crashReports(any())).willReturn(List.of());
			given(system.control(any())).willAnswer((call) -> control(tree.find(call.getArgument(0))));
			return system;
		}

		private static NodeControl control(@Nullable TreeNode node) {
			NodeControl control = mock(NodeControl.class);
			given(control.inspect(any())).willAnswer((call) -> (node != null)
					? Mono.just(new NodeInspection(Trees.cut(node, call.getArgument(0)),
							SupervisorSpec.builder("any").build(), null, null, null, null, null, List.of()))
					: Mono.error(mock(ChildOperationException.class)));
			return control;
		}

	}

}
