package io.switchboard.autoconfigure.line;

import java.util.ArrayList;
import java.util.List;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationView;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import io.switchboard.test.provider.FakeProvider;
import io.switchboard.test.provider.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the clients of vendors say of their calls is below the step that makes them.
 */
class ObservedCallsTests {

	private final FakeProvider provider = FakeProvider.start();

	private final TestObservationRegistry registry = TestObservationRegistry.create();

	@AfterEach
	void close() {
		this.provider.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "openai", "anthropic", "ollama" })
	void aModelCallIsBelowAStepOfATurn(String client) {
		this.provider.otherwise(Reply.answer("Hello."));

		Clients.one(client, this.provider)
			.withBean(TestObservationRegistry.class, () -> this.registry)
			.run((context) -> Clients.turn(context, "support").blockLast(Clients.LIMIT));

		TestObservationRegistryAssert.assertThat(this.registry)
			.hasHandledContextsThatSatisfy((contexts) -> assertThat(contexts)
				.filteredOn((context) -> "gen_ai.client.operation".equals(context.getName()))
				.singleElement()
				.satisfies((context) -> assertThat(above(context)).containsSubsequence("spring.ai.chat.client",
						"switchboard.turn.step", "switchboard.turn")));
	}

	private static List<String> above(Observation.ContextView context) {
		List<String> names = new ArrayList<>();
		ObservationView parent = context.getParentObservation();
		while (parent != null) {
			names.add(parent.getContextView().getName());
			parent = parent.getContextView().getParentObservation();
		}
		return names;
	}

}
