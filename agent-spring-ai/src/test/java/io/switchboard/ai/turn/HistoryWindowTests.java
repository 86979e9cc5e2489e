package io.switchboard.ai.turn;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.UserMessage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link HistoryWindow}.
 */
class HistoryWindowTests {

	private static final List<Message> HISTORY = List.of(new UserMessage("one"), new AssistantMessage("two two"),
			new UserMessage("three"), new AssistantMessage("four four four"), new UserMessage("five"),
			new AssistantMessage("six"));

	@ParameterizedTest
	@CsvSource({ "0, 6", "1, 0", "2, 2", "5, 2", "6, 4", "8, 4", "9, 6", "100, 6" })
	void theLatestWholeTurnsAreSeen(int tokens, int messages) {
		assertThat(new HistoryWindow(tokens, new Words()).of(HISTORY))
			.isEqualTo(HISTORY.subList(HISTORY.size() - messages, HISTORY.size()));
	}

	@Test
	void nothingIsSeenOfNothing() {
		assertThat(new HistoryWindow(5, new Words()).of(List.of())).isEmpty();
	}

	@Test
	void withoutAnEstimatorTokensAreCountedWhereNoFileMayBeRead() {
		List<Message> longer = new ArrayList<>(
				List.of(new UserMessage("word ".repeat(500)), new AssistantMessage("ok")));
		longer.addAll(HISTORY);
		HistoryWindow window = new HistoryWindow(100, null);

		StepVerifier.create(Mono.fromSupplier(() -> window.of(longer)).subscribeOn(Schedulers.parallel()))
			.expectNext(HISTORY)
			.expectComplete()
			.verify(Duration.ofSeconds(30));
	}

	@Test
	void aNegativeNumberIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new HistoryWindow(-1, null)).withMessageContaining("-1");
	}

	@Test
	void theModelIsToldWhatIsSeen() {
		FixtureModel model = new FixtureModel().says("Seven.");
		FixtureContext context = new FixtureContext();

		TurnRunner.builder(ChatClient.create(model), model)
			.historyTokens(2, new Words())
			.build()
			.run(new TurnRequest("t1", "And?"), HISTORY, context)
			.blockLast();

		assertThat(model.messagesOfCall(0)).extracting(Message::getText).containsExactly("five", "six", "And?");
		context.close();
	}

}
