package io.switchboard.autoconfigure.actuate;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

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
import io.switchboard.test.model.ChatScript;
import io.switchboard.test.model.ScriptedChatModel;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;

import static io.switchboard.autoconfigure.actuate.ActuatorClient.get;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what {@link AgentsEndpoint} shows of turns that recover, from the agent to
 * the wire.
 */
@ActuatorTest
class RecoveringAgentWebTests {

	private static final RecoveryPolicy RECOVERY = RecoveryPolicy.defaults()
		.with(FailureClass.OVERLOADED, Ladder.of("restart", "retry(2)"))
		.withDelay(new RetryDelay(Duration.ofMillis(1), Duration.ofMillis(1)))
		.withMaxAttempts(7);

	private static final CountDownLatch ONCE = new CountDownLatch(1);

	private static final CountDownLatch THRICE = new CountDownLatch(1);

	@LocalServerPort
	private int port;

	@Autowired
	private AgentSystem system;

	@Test
	void theRungThatEndedALifeIsSeenInTheNext() throws Exception {
		this.system.agent("/once", TurnRequest.class).tell(new TurnRequest("t1", "Where is my order 4711?"));
		await(ONCE);

		get(this.port, "/actuator/agents").expectStatus()
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
		await(THRICE);

		String json = get(this.port, "/actuator/agents/thrice").expectStatus()
			.isOk()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();

		assertThat(json).contains("\"incarnation\":2")
			.containsPattern("\"activities\":\\{\"recovering\":\\{\"since\":\"[-0-9]+T[:.0-9]+Z\","
					+ "\"failure\":\"overloaded\",\"rung\":\"retry\",\"attempt\":3,\"maxAttempts\":7\\}\\}")
			.doesNotContain("4711");
	}

	private static void await(CountDownLatch called) throws InterruptedException {
		assertThat(called.await(60, TimeUnit.SECONDS)).as("called after its failures").isTrue();
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class Application {

		@Bean
		AgentSpec<TurnRequest> once() {
			return agent("once", failing(1, ONCE));
		}

		@Bean
		AgentSpec<TurnRequest> thrice() {
			return agent("thrice", failing(3, THRICE));
		}

		@Bean
		AgentSpec<TurnRequest> idle() {
			return agent("idle", ScriptedChatModel.script().build());
		}

		/**
		 * Fails, and then begins no answer.
		 */
		private static ChatModel failing(int times, CountDownLatch called) {
			ChatScript script = ScriptedChatModel.script();
			for (int i = 0; i < times; i++) {
				script.fail(() -> new TurnFailureException(TurnFailure.of(FailureClass.OVERLOADED)));
			}
			return script.never().when((prompt) -> {
				called.countDown();
				return true;
			}).build();
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

}
