package io.switchboard.test.provider;

import java.time.Duration;

import com.openai.errors.InternalServerException;
import com.openai.errors.OpenAIException;
import com.openai.errors.RateLimitException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Spring AI's OpenAI client meets the fake's faults as it meets the real provider's.
 */
class FakeProviderWithSpringAiTests {

	private final FakeProvider provider = FakeProvider.start();

	private final OpenAiChatModel model = OpenAiChatModel.builder()
		.options(OpenAiChatOptions.builder()
			.baseUrl(this.provider.baseUrl())
			.apiKey("any")
			.model("fake-model")
			.maxRetries(0)
			.streamUsage(true)
			.build())
		.build();

	@AfterEach
	void close() {
		this.provider.close();
	}

	@Test
	void seesARateLimitAndTheTimeToWait() {
		this.provider.otherwise(Reply.rateLimited(Duration.ofSeconds(3)));

		assertThatExceptionOfType(RateLimitException.class).isThrownBy(() -> this.model.call(new Prompt("Hi")))
			.satisfies((ex) -> assertThat(ex.headers().values("Retry-After")).containsExactly("3"))
			.satisfies((ex) -> assertThat(ex.code()).hasValue("rate_limit_exceeded"));
	}

	@Test
	void seesAServerError() {
		this.provider.otherwise(Reply.serverError());

		assertThatExceptionOfType(InternalServerException.class).isThrownBy(() -> this.model.call(new Prompt("Hi")))
			.satisfies((ex) -> assertThat(ex.statusCode()).isEqualTo(500));
	}

	@Test
	void failsOnABodyThatBreaksOff() {
		this.provider.otherwise(Reply.answer("Hello").malformedAfter(0));

		assertThatExceptionOfType(OpenAIException.class).isThrownBy(() -> this.model.call(new Prompt("Hi")));
	}

	@Test
	void failsOnAChunkThatBreaksOff() {
		this.provider.otherwise(Reply.stream("a", "b").malformedAfter(1));

		StepVerifier.create(words()).expectNext("a").expectError().verify(ChatCalls.LIMIT);
	}

	@Test
	void failsOnAStreamThatIsCut() {
		this.provider.otherwise(Reply.stream("a", "b", "c").closingAfter(2));

		StepVerifier.create(words()).expectNext("a", "b").expectError().verify(ChatCalls.LIMIT);
	}

	@Test
	void cancellingAStalledStreamClosesTheConnection() {
		this.provider.otherwise(Reply.stream("a", "b", "c").stallingAfter(2));

		StepVerifier.create(words()).expectNext("a", "b").thenCancel().verify(ChatCalls.LIMIT);

		assertThat(this.provider.exchange(1).join().clientClose()).succeedsWithin(ChatCalls.LIMIT);
	}

	private Flux<String> words() {
		return this.model.stream(new Prompt("Hi"))
			.map(FakeProviderWithSpringAiTests::text)
			.filter((text) -> !text.isEmpty());
	}

	private static String text(ChatResponse response) {
		return response.getResults().isEmpty() ? ""
				: String.valueOf(response.getResults().get(0).getOutput().getText());
	}

}
