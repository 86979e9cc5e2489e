package com.example.docs.providers;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.switchboard.AgentPath;
import io.switchboard.ai.model.BreakerSettings;
import io.switchboard.ai.model.ModelProvider;
import io.switchboard.ai.model.ModelProviderStatus.Waiting;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.test.TestAgentSystem;
import io.switchboard.test.model.ScriptedChatModel;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the examples of shared providers.
 */
class ProvidersTests {

	@Test
	void theSecondWaitsForTheFirst() {
		ModelProvider provider = provider();
		ScriptedChatModel model = ScriptedChatModel.script().never().answer("Bonjour").build();
		SupervisorSpec root = SupervisorSpec.builder("root")
			.child(AgentSpec.builder("one", String.class, () -> new Translator(provider, model)).build())
			.child(AgentSpec.builder("two", String.class, () -> new Translator(provider, model)).build())
			.build();
		try (TestAgentSystem system = TestAgentSystem.start(root)) {
			system.agent("/one", String.class).ask("Good evening", String.class).subscribe();
			CompletableFuture<String> second = system.agent("/two", String.class)
				.ask("Good morning", String.class)
				.toFuture();
			assertThat(provider.status().waiting()).extracting(Waiting::agent).hasToString("[/two]");

			system.resultOf(system.system().control(AgentPath.of("/one")).kill());

			assertThat(second).isCompletedWithValue("Bonjour");
		}
	}

	private static ModelProvider provider() {
		// tag::provider[]
		ModelProvider provider = ModelProvider.builder("openai")
			.maxConcurrent(1)
			.requestsPerMinute(500)
			.maxWait(Duration.ofMinutes(1))
			.breaker(BreakerSettings.defaults().withOpenFor(Duration.ofSeconds(30)))
			.build();
		// end::provider[]
		return provider;
	}

}
