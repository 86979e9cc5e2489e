package io.switchboard.autoconfigure.actuate;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;

import io.switchboard.autoconfigure.operations.AgentOperations;
import io.switchboard.event.AgentEvent.Operated;
import io.switchboard.report.Sanitizer;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.test.TestAgentSystem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.subscriber.TestSubscriber;

import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AgentsEndpointWebExtension}.
 */
class AgentsEndpointWebExtensionTests {

	private final Sinks.Empty<Object> gate = Sinks.empty();

	private final Queue<Runnable> reads = new ArrayDeque<>();

	private final TestAgentSystem system = TestAgentSystem.start(SupervisorSpec.builder("root")
		.child(AgentSpec.builder("busy", String.class, () -> (message, context) -> this.gate.asMono()).build())
		.build());

	private final AgentsEndpointWebExtension endpoint = new AgentsEndpointWebExtension(
			new AgentsEndpoint(this.system.system(), new AgentOperations(this.system.system()), Sanitizer.hiding(),
					Show.NEVER),
			Show.NEVER, Set.of(), this.system.scheduler(), Schedulers.fromExecutor(this.reads::add));

	@AfterEach
	void close() {
		this.system.close();
	}

	@ParameterizedTest
	@NullSource
	@EnumSource(TreeFormat.class)
	void nodesAreNotReadByTheThreadThatAsks(@Nullable TreeFormat format) {
		TestSubscriber<WebEndpointResponse<Object>> answer = TestSubscriber.create();
		this.endpoint.node(SecurityContext.NONE, new String[0], null, null, format).subscribe(answer);

		assertThat(answer.getReceivedOnNext()).isEmpty();
		assertThat(this.reads).hasSize(1);
		this.reads.remove().run();

		assertThat(answer.getReceivedOnNext()).singleElement()
			.satisfies((response) -> assertThat(response.getStatus()).isEqualTo(200));
	}

	@ParameterizedTest
	@NullSource
	@EnumSource(TreeFormat.class)
	void whatIsNotThereIsNotFound(@Nullable TreeFormat format) {
		TestSubscriber<WebEndpointResponse<Object>> answer = TestSubscriber.create();
		this.endpoint.node(SecurityContext.NONE, new String[] { "nobody" }, null, null, format).subscribe(answer);
		this.reads.remove().run();

		assertThat(answer.getReceivedOnNext()).singleElement()
			.satisfies((response) -> assertThat(response.getStatus()).isEqualTo(404));
	}

	@Test
	void whoWaitsTooLongIsToldThatItGoesOn() {
		this.system.agent("/busy").tell("hello");
		TestSubscriber<WebEndpointResponse<Object>> answer = TestSubscriber.create();
		this.endpoint.operate(SecurityContext.NONE, new String[] { "busy" }, "suspend").subscribe(answer);

		this.system.advance(Duration.ofMillis(9999));
		assertThat(answer.getReceivedOnNext()).isEmpty();
		this.system.advance(Duration.ofMillis(1));

		assertThat(answer.getReceivedOnNext()).singleElement()
			.satisfies((response) -> assertThat(response.getStatus()).isEqualTo(202));
		assertThat(this.system.events().of(Operated.class)).singleElement()
			.satisfies((operated) -> assertThat(operated.outcome()).isEqualTo("not-awaited"));
		this.gate.tryEmitEmpty().orThrow();
		assertThat(this.system.tree().walk().map((node) -> node.status().id())).containsExactly("running", "suspended");
	}

}
