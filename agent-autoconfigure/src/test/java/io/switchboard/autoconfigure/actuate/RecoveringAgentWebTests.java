package io.switchboard.autoconfigure.actuate;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.switchboard.ai.ModelAgent;
import io.switchboard.ai.failure.FailureClass;
import io.switchboard.ai.failure.TurnFailure;
import io.switchboard.ai.failure.TurnFailureException;
import io.switchboard.ai.model.ModelProvider;
import io.switchboard.ai.recovery.Ladder;
import io.switchboard.ai.recovery.RecoveryPolicy;
import io.switchboard.ai.recovery.RetryDelay;
import io.switchboard.ai.turn.TurnRequest;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.Shutdown;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what {@link AgentsEndpoint} shows of turns that recover, from the agent to
 * the wire.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "server.address=127.0.0.1")
@TestPropertySource(
		properties = { "management.endpoints.web.exposure.include=agents", "spring.ai.openai.api-key=none" })
class RecoveringAgentWebTests {

	private static final RecoveryPolicy RECOVERY = RecoveryPolicy.defaults()
		.with(FailureClass.OVERLOADED, Ladder.of("restart", "retry(2)"))
		.withDelay(new RetryDelay(Duration.ofMillis(1), Duration.ofMillis(1)))
		.withMaxAttempts(7);

	private static final FailingModel ONCE = new FailingModel(1);

	private static final FailingModel THRICE = new FailingModel(3);

	@LocalServerPort
	private int port;

	@Autowired
	private AgentSystem system;

	@Test
	void theRungThatEndedALifeIsSeenInTheNext() throws Exception {
		this.system.agent("/once", TurnRequest.class).tell(new TurnRequest("t1", "Where is my order 4711?"));
		ONCE.awaitCall();

		get("/actuator/agents").expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.children[?(@.path=='/once')].incarnation")
			.isEqualTo(2)
			.jsonPath("$.children[?(@.path=='/once')].activities.recovering.failure")
			.isEqualTo("overloaded")
			.jsonPath("$.children[?(@.path=='/once')].activities.recovering.rung")
			.isEqualTo("restart")
			.jsonPath("$.children[?(@.path=='/once')].activities.recovering.attempt")
			.isEqualTo(1)
			.jsonPath("$.children[?(@.path=='/idle')].path")
			.exists()
			.jsonPath("$.children[?(@.path=='/idle')].activities")
			.doesNotExist();
	}

	@Test
	void theNextRungIsSeenInTheNextLife() throws Exception {
		this.system.agent("/thrice", TurnRequest.class).tell(new TurnRequest("t1", "Where is my order 4711?"));
		THRICE.awaitCall();

		String json = get("/actuator/agents/thrice").expectStatus()
			.isOk()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();

		assertThat(json).contains("\"incarnation\":2")
			.containsPattern("\"activities\":\\{\"recovering\":\\{\"since\":\"[-0-9]+T[:.0-9]+Z\","
					+ "\"failure\":\"overloaded\",\"rung\":\"retry\",\"attempt\":3,\"maxAttempts\":7\\}\\}")
			.doesNotContain("4711");
	}

	private WebTestClient.ResponseSpec get(String uri) {
		return WebTestClient.bindToServer()
			.build()
			.get()
			.uri(URI.create("http://localhost:" + this.port + uri))
			.exchange();
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class Application {

		@Bean
		AgentSpec<TurnRequest> once() {
			return agent("once", ONCE);
		}

		@Bean
		AgentSpec<TurnRequest> thrice() {
			return agent("thrice", THRICE);
		}

		@Bean
		AgentSpec<TurnRequest> idle() {
			return agent("idle", new FailingModel(0));
		}

		private static AgentSpec<TurnRequest> agent(String name, ChatModel model) {
			return ModelAgent.builder(name)
				.model(model)
				.provider(ModelProvider.builder(name).build())
				.recovery(RECOVERY)
				.build()
				.toBuilder()
				.shutdown(Shutdown.brutalKill())
				.build();
		}

	}

	/**
	 * Fails, and then begins no answer.
	 */
	private static final class FailingModel implements ChatModel {

		private final AtomicInteger failures;

		private final CountDownLatch called = new CountDownLatch(1);

		FailingModel(int failures) {
			this.failures = new AtomicInteger(failures);
		}

		void awaitCall() throws InterruptedException {
			assertThat(this.called.await(60, TimeUnit.SECONDS)).as("called after its failures").isTrue();
		}

		@Override
		public Flux<ChatResponse> stream(Prompt prompt) {
			if (this.failures.getAndDecrement() > 0) {
				return Flux.error(new TurnFailureException(TurnFailure.of(FailureClass.OVERLOADED)));
			}
			this.called.countDown();
			return Flux.never();
		}

		@Override
		public ChatResponse call(Prompt prompt) {
			throw new UnsupportedOperationException("an agent streams");
		}

		@Override
		public ChatOptions getOptions() {
			return ChatOptions.builder().build();
		}

	}

}
