package io.switchboard.autoconfigure.page;

import java.time.Duration;
import java.util.Map;

import io.switchboard.AgentPath;
import io.switchboard.autoconfigure.actuate.NodeReader;
import io.switchboard.autoconfigure.operations.AgentOperations;
import io.switchboard.report.Sanitizer;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.tree.NodeStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.StatusAssertions;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.RouterFunctions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NodeHandler}.
 */
class NodeHandlerTests {

	private final AgentSystem system = AgentSystem
		.builder(SupervisorSpec.builder("root")
			.child(AgentSpec.builder("a", String.class, () -> (message, context) -> Mono.empty()).build())
			.build())
		.build();

	@BeforeEach
	void start() {
		this.system.start().block(Duration.ofSeconds(10));
	}

	@AfterEach
	void stop() {
		this.system.stop().block(Duration.ofSeconds(10));
	}

	@Test
	void nodeIsShownWithWhatCanBeDoneToIt() {
		client(true).get()
			.uri("/node?path=/a")
			.exchange()
			.expectBody()
			.jsonPath("$.node.status")
			.isEqualTo("running")
			.jsonPath("$.actions[?(@ == 'stop')]")
			.exists()
			.jsonPath("$.actions[?(@ == 'start')]")
			.doesNotExist();
	}

	@Test
	void actionIsDoneAndWrittenDown() {
		act(client(true), "/a", "suspend").isNoContent();

		assertThat(this.system.node(AgentPath.of("/a")).status()).isEqualTo(NodeStatus.SUSPENDED);
	}

	@ParameterizedTest
	@CsvSource({ "/nobody, stop, 404", "nowhere, stop, 404", "/a, start, 409", "/a, explode, 400" })
	void whatCannotBeDoneIsRefused(String path, String action, int status) {
		act(client(true), path, action).isEqualTo(status);
	}

	@Test
	void nothingCanBeDoneUnlessAllowed() {
		act(client(false), "/a", "stop").isForbidden();

		client(false).get().uri("/node?path=/a").exchange().expectBody().jsonPath("$.actions").isEmpty();
		assertThat(this.system.node(AgentPath.of("/a")).status()).isEqualTo(NodeStatus.RUNNING);
	}

	@ParameterizedTest
	@ValueSource(strings = { "cross-site", "same-site", "none" })
	void otherSitesCannotAct(String site) {
		client(true).post()
			.uri("/actions")
			.header("Sec-Fetch-Site", site)
			.bodyValue(Map.of("path", "/a", "action", "stop"))
			.exchange()
			.expectStatus()
			.isForbidden();

		assertThat(this.system.node(AgentPath.of("/a")).status()).isEqualTo(NodeStatus.RUNNING);
	}

	@ParameterizedTest
	@ValueSource(strings = { MediaType.TEXT_PLAIN_VALUE, MediaType.APPLICATION_FORM_URLENCODED_VALUE })
	void formsCannotAct(String type) {
		client(true).post()
			.uri("/actions")
			.contentType(MediaType.parseMediaType(type))
			.bodyValue("{\"path\":\"/a\",\"action\":\"stop\"}")
			.exchange()
			.expectStatus()
			.isEqualTo(415);

		assertThat(this.system.node(AgentPath.of("/a")).status()).isEqualTo(NodeStatus.RUNNING);
	}

	private static StatusAssertions act(WebTestClient client, String path, String action) {
		return client.post()
			.uri("/actions")
			.bodyValue(Map.of("path", path, "action", action))
			.exchange()
			.expectStatus();
	}

	private WebTestClient client(boolean actions) {
		NodeHandler handler = new NodeHandler(new NodeReader(this.system, Sanitizer.hiding(), false),
				actions ? new AgentOperations(this.system) : null);
		return WebTestClient
			.bindToRouterFunction(
					RouterFunctions.route().GET("/node", handler::show).POST("/actions", handler::act).build())
			.build();
	}

}
