package io.switchboard.autoconfigure.line;

import io.switchboard.ai.turn.TurnFailed;
import io.switchboard.test.provider.FakeProvider;
import io.switchboard.test.provider.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.chat.model.ChatModel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Clients do not try again by themselves, unless told to.
 */
class RetriesTests {

	private final FakeProvider provider = FakeProvider.start();

	@BeforeEach
	void fail() {
		this.provider.otherwise(Reply.overloaded());
	}

	@AfterEach
	void close() {
		this.provider.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "openai", "anthropic", "ollama" })
	void aTurnThatDoesNotRecoverAsksOnce(String client) {
		Clients.one(client, this.provider)
			.withPropertyValues("switchboard.agents.support.max-recoveries=0")
			.run((context) -> assertThat(Clients.turn(context, "support").blockLast(Clients.LIMIT))
				.isInstanceOf(TurnFailed.class));

		assertThat(this.provider.exchanges()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "openai", "anthropic", "ollama" })
	void aCallThatBlocksAsksOnce(String client) {
		Clients.one(client, this.provider)
			.run((context) -> assertThatException().isThrownBy(() -> context.getBean(ChatModel.class).call("Hi?")));

		assertThat(this.provider.exchanges()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring.ai.openai.max-retries=1", "spring.ai.openai.chat.max-retries=1" })
	void theApplicationMaySayOtherwise(String setting) {
		Clients.one("openai", this.provider)
			.withPropertyValues(setting, "switchboard.agents.support.max-recoveries=0")
			.run((context) -> Clients.turn(context, "support").blockLast(Clients.LIMIT));

		assertThat(this.provider.exchanges()).hasSize(2);
	}

}
