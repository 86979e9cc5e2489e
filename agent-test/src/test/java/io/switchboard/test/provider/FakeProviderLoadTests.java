package io.switchboard.test.provider;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many clients at once do not get in each other's way.
 */
class FakeProviderLoadTests {

	private static final int CLIENTS = 400;

	@Test
	void servesHundredsOfSlowStreamsWhileOthersAreStalled() {
		try (FakeProvider provider = FakeProvider.start()) {
			provider.otherwise((request) -> request.lastUserText().equals("silence") ? Reply.silence()
					: Reply.stream("a", "b", "c").withPace(Duration.ofMillis(100)).stallingAfter(3));
			ChatCalls calls = new ChatCalls(provider);
			IntStream.range(0, CLIENTS / 2).forEach((client) -> calls.lines("silence"));

			List<CompletableFuture<Long>> answers = IntStream.range(0, CLIENTS / 2)
				.mapToObj((client) -> calls.lines("talk").thenApply((response) -> fourEvents(response.body())))
				.toList();

			assertThat(answers).allSatisfy(
					(answer) -> assertThat(answer).succeedsWithin(ChatCalls.LIMIT.multipliedBy(3)).isEqualTo(4L));
			assertThat(provider.exchange(CLIENTS)).succeedsWithin(ChatCalls.LIMIT);
			assertThat(provider.openConnections()).isEqualTo(CLIENTS);
		}
	}

	private static long fourEvents(Stream<String> lines) {
		return lines.filter((line) -> line.startsWith("data: ")).limit(4).count();
	}

}
