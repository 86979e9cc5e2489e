package io.switchboard.autoconfigure.line;

import java.time.Duration;
import java.util.List;

import io.switchboard.ai.turn.TurnEvent;
import io.switchboard.ai.turn.TurnFailed;
import io.switchboard.test.provider.FakeProvider;
import io.switchboard.test.provider.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Limits of calls with the real clients. These take real time, so the limits are short
 * where they are to be met, and long where not.
 */
@ExtendWith(OutputCaptureExtension.class)
class SignsOfLifeTests {

	private final FakeProvider provider = FakeProvider.start();

	@AfterEach
	void close() {
		this.provider.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "openai", "anthropic", "ollama" })
	void aCallThatDoesNotBeginIsGivenUpAndClosed(String client, CapturedOutput output) {
		this.provider.otherwise(Reply.silence());

		assertThat(failure(runner(client, "switchboard.calls.first-token=200ms"))).isEqualTo("first-token-timeout");
		assertThat(Clients.exchange(this.provider, 1).clientClose()).succeedsWithin(Clients.LIMIT);
		assertThat(output.toString()).doesNotContain("Aggregation Error", "onErrorDropped");
	}

	@ParameterizedTest
	@ValueSource(strings = { "openai", "anthropic", "ollama" })
	void aCallThatFallsSilentIsGivenUpAndClosed(String client) {
		this.provider.otherwise(Reply.stream(Clients.tokens(10)).stallingAfter(3));

		assertThat(failure(runner(client, "switchboard.agents.support.calls.stall=500ms"))).isEqualTo("stalled");
		assertThat(Clients.exchange(this.provider, 1).clientClose()).succeedsWithin(Clients.LIMIT);
	}

	@ParameterizedTest
	@ValueSource(strings = { "openai", "anthropic", "ollama" })
	void aCallThatGoesOnIsGivenUpInTheEnd(String client) {
		this.provider.otherwise(Reply.stream(Clients.tokens(10_000)).withPace(Duration.ofMillis(50)));

		assertThat(failure(runner(client, "switchboard.calls.total=1s"))).isEqualTo("timeout");
		assertThat(Clients.exchange(this.provider, 1).clientClose()).succeedsWithin(Clients.LIMIT);
	}

	private ApplicationContextRunner runner(String client, String limit) {
		return Clients.one(client, this.provider)
			.withPropertyValues(limit, "switchboard.agents.support.max-recoveries=0");
	}

	private static String failure(ApplicationContextRunner runner) {
		String[] failure = new String[1];
		runner.run((context) -> {
			List<TurnEvent> events = Clients.turn(context, "support")
				.collectList()
				.blockOptional(Clients.LIMIT)
				.orElseThrow();
			assertThat(events).last().isInstanceOf(TurnFailed.class);
			failure[0] = ((TurnFailed) events.get(events.size() - 1)).failure();
		});
		return failure[0];
	}

}
