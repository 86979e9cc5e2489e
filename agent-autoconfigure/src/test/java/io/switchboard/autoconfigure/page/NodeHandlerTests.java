package io.switchboard.autoconfigure.page;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

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
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.StatusAssertions;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.RouterFunctions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link NodeHandler}.
 */
class NodeHandlerTests {

	private final AgentSystem system = AgentSystem
		.builder(SupervisorSpec.builder("root")
			.child(AgentSpec.builder("a", String.class, () -> (message, context) -> Mono.empty()).build())
			.build())
		.build();

	private final Scheduler thread = Schedulers.newSingle("the-page", true);

	@BeforeEach
	void start() {
		this.system.start().block(Duration.ofSeconds(10));
	}

	@AfterEach
	void stop() {
		this.system.stop().block(Duration.ofSeconds(10));
		this.thread.dispose();
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

	@Test
	void actionWithoutBodyIsRefused() {
		client(true).post()
			.uri("/actions")
			.contentType(MediaType.APPLICATION_JSON)
			.exchange()
			.expectStatus()
			.isBadRequest();
	}

	@Test
	void treeIsReadOnThePagesThreadOnly() {
		Set<String> threads = ConcurrentHashMap.newKeySet();
		AgentSystem watched = mock(AgentSystem.class, (call) -> {
			if (!call.getMethod().getName().equals("crashReports")) {
				threads.add(Thread.currentThread().getName().replaceAll("-\\d+$", ""));
			}
			return call.getMethod().invoke(this.system, call.getArguments());
		});

		client(true, watched).get().uri("/node?path=/a").exchange().expectStatus().isOk();
		act(client(true, watched), "/a", "suspend").isNoContent();
		act(client(true, watched), "/a", "start").isEqualTo(409);

		assertThat(threads).containsExactly("the-page");
	}

	private static StatusAssertions act(WebTestClient client, String path, String action) {
		return client.post()
			.uri("/actions")
			.bodyValue(Map.of("path", path, "action", action))
			.exchange()
			.expectStatus();
	}

	private WebTestClient client(boolean actions) {
		return client(actions, this.system);
	}

	private WebTestClient client(boolean actions, AgentSystem system) {
		NodeHandler handler = new NodeHandler(new NodeReader(system, Sanitizer.hiding(), false),
				actions ? new AgentOperations(system) : null, this.thread);
		return WebTestClient
			.bindToRouterFunction(
					RouterFunctions.route().GET("/node", handler::show).POST("/actions", handler::act).build())
			.build();
	}

}
