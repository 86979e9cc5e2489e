package io.switchboard.test.provider;

import java.time.Duration;
import java.util.List;

import com.openai.errors.InternalServerException;
import com.openai.errors.OpenAIException;
import com.openai.errors.RateLimitException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.function.FunctionToolCallback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Spring AI's OpenAI client takes the fake for the real provider.
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
	void answers() {
		this.provider.enqueue(Reply.answer("Hello there").withUsage(5, 2).withFinishReason("length"));

		ChatResponse response = this.model.call(new Prompt("Hi"));

		assertThat(text(response)).isEqualTo("Hello there");
		assertThat(response.getMetadata().getUsage().getTotalTokens()).isEqualTo(7);
		assertThat(response.getResults().get(0).getMetadata().getFinishReason()).isEqualTo("LENGTH");
		Exchange exchange = this.provider.exchange(1).join();
		assertThat(exchange.request().lastUserText()).isEqualTo("Hi");
		assertThat(exchange.request().header("Authorization")).isEqualTo("Bearer any");
	}

	@Test
	void streams() {
		this.provider.enqueue(Reply.stream("Hel", "lo").withUsage(5, 2));

		List<ChatResponse> responses = collect(this.model.stream(new Prompt("Hi")));

		assertThat(String.join("", responses.stream().map(FakeProviderWithSpringAiTests::text).toList()))
			.isEqualTo("Hello");
		assertThat(responses).last()
			.satisfies((last) -> assertThat(last.getMetadata().getUsage().getTotalTokens()).isEqualTo(7));
	}

	@Test
	void asksForATool() {
		this.provider.enqueue(Reply.toolCall("orderLookup", "{\"id\":\"ORD-1\"}"));

		ChatResponse response = this.model.call(new Prompt("Hi"));

		assertThat(response.getResults().get(0).getOutput().getToolCalls())
			.containsExactly(new ToolCall("call_1_0", "function", "orderLookup", "{\"id\":\"ORD-1\"}"));
	}

	@Test
	void streamsToolCallsThatAClientRuns() {
		this.provider.enqueue(Reply.stream("Let me ", "look").andToolCall("orderLookup", "{\"id\":\"ORD-1\"}"),
				Reply.answer("It is on its way"));

		String answer = ChatClient.create(this.model)
			.prompt("Where is it?")
			.tools(orderLookup())
			.stream()
			.content()
			.reduce("", String::concat)
			.block(ChatCalls.LIMIT);

		assertThat(answer).isEqualTo("Let me lookIt is on its way");
		assertThat(this.provider.exchange(1).join().request().toolNames()).containsExactly("orderLookup");
		assertThat(this.provider.exchange(2).join().request().messages()).last()
			.satisfies((message) -> assertThat(message.path("content").asString()).contains("ORD-1 shipped"));
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

	private static List<ChatResponse> collect(Flux<ChatResponse> stream) {
		return stream.collectList().blockOptional(ChatCalls.LIMIT).orElseThrow();
	}

	private static String text(ChatResponse response) {
		return response.getResults().isEmpty() ? ""
				: String.valueOf(response.getResults().get(0).getOutput().getText());
	}

	private static ToolCallback orderLookup() {
		return FunctionToolCallback.builder("orderLookup", (Order order) -> order.id() + " shipped")
			.description("Finds an order")
			.inputType(Order.class)
			.build();
	}

	record Order(String id) {

	}

}
