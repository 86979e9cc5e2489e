package io.switchboard.test.provider;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.function.FunctionToolCallback;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each of Spring AI's clients takes the fake for its own provider.
 */
class ProtocolsWithSpringAiTests {

	private final FakeProvider provider = FakeProvider.start();

	@AfterEach
	void close() {
		this.provider.close();
	}

	@ParameterizedTest
	@EnumSource
	void answers(ModelClient client) {
		this.provider.enqueue(Reply.answer("Hello there").withUsage(5, 2));

		ChatResponse response = model(client).call(new Prompt("Hi"));

		assertThat(text(response)).isEqualTo("Hello there");
		assertThat(response.getMetadata().getUsage().getPromptTokens()).isEqualTo(5);
		assertThat(response.getMetadata().getUsage().getCompletionTokens()).isEqualTo(2);
		ChatRequest request = request(1);
		assertThat(request.protocol()).isEqualTo(client.protocol());
		assertThat(request.model()).isEqualTo("fake-model");
		assertThat(request.streamed()).isFalse();
		assertThat(request.lastUserText()).isEqualTo("Hi");
	}

	@ParameterizedTest
	@EnumSource
	void streams(ModelClient client) {
		this.provider.enqueue(Reply.stream("Hel", "lo").withUsage(5, 2));

		List<ChatResponse> responses = stream(client, new Prompt("Hi"));

		assertThat(responses).extracting(ProtocolsWithSpringAiTests::text)
			.filteredOn((text) -> !text.isEmpty())
			.containsExactly("Hel", "lo");
		assertThat(responses).last()
			.satisfies((last) -> assertThat(last.getMetadata().getUsage().getPromptTokens()).isEqualTo(5))
			.satisfies((last) -> assertThat(last.getMetadata().getUsage().getCompletionTokens()).isEqualTo(2));
		assertThat(request(1).streamed()).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "OPENAI, Authorization, Bearer any", "ANTHROPIC, x-api-key, any", "OLLAMA, Authorization," })
	void receivesTheKeyWhereTheProtocolHasOne(ModelClient client, String header, @Nullable String value) {
		this.provider.enqueue(Reply.answer("Hello"));

		model(client).call(new Prompt("Hi"));

		assertThat(request(1).header(header)).isEqualTo(value);
	}

	@ParameterizedTest
	@CsvSource({ "OPENAI, LENGTH", "ANTHROPIC, max_tokens", "OLLAMA, length" })
	void tellsWhyItEnded(ModelClient client, String reason) {
		this.provider.otherwise(Reply.answer("Hello").withFinishReason("length"));

		assertThat(finishReasons(List.of(model(client).call(new Prompt("Hi"))))).containsExactly(reason);
		assertThat(finishReasons(stream(client, new Prompt("Hi")))).contains(reason);
	}

	@ParameterizedTest
	@CsvSource({ "OPENAI, '', No., STOP", "ANTHROPIC, No.,, refusal", "OLLAMA, No.,, stop" })
	void declines(ModelClient client, String text, @Nullable String beside, String reason) {
		this.provider.enqueue(Reply.refusal("No."));

		ChatResponse response = model(client).call(new Prompt("Hi"));

		assertThat(text(response)).isEqualTo(text);
		assertThat(response.getResults().get(0).getOutput().getMetadata().get("refusal")).isEqualTo(beside);
		assertThat(finishReasons(List.of(response))).containsExactly(reason);
	}

	@ParameterizedTest
	@EnumSource
	void asksForTools(ModelClient client) {
		this.provider.otherwise(
				Reply.toolCall("orderLookup", "{\"id\":\"ORD-1\"}").andToolCall("priceOf", "{\"item\":\"a b\"}"));

		List<AssistantMessage.ToolCall> called = toolCalls(List.of(model(client).call(new Prompt("Hi"))));
		List<AssistantMessage.ToolCall> streamed = toolCalls(stream(client, new Prompt("Hi")));

		assertThat(called).extracting(AssistantMessage.ToolCall::name).containsExactly("orderLookup", "priceOf");
		assertThat(called).extracting(AssistantMessage.ToolCall::arguments)
			.containsExactly("{\"id\":\"ORD-1\"}", "{\"item\":\"a b\"}");
		assertThat(streamed).extracting(AssistantMessage.ToolCall::name).containsAll(List.of("orderLookup", "priceOf"));
		assertThat(streamed).extracting(AssistantMessage.ToolCall::arguments)
			.containsAll(List.of("{\"id\":\"ORD-1\"}", "{\"item\":\"a b\"}"));
	}

	@ParameterizedTest
	@EnumSource
	void receivesWhatAToolSays(ModelClient client) {
		this.provider.enqueue(Reply.stream("Let me ", "look").andToolCall("orderLookup", "{\"id\":\"ORD-1\"}"),
				Reply.answer("It is on its way"));

		String answer = ChatClient.create(model(client))
			.prompt("Where is it?")
			.tools(orderLookup())
			.stream()
			.content()
			.collectList()
			.map((words) -> String.join("", words))
			.blockOptional(ChatCalls.LIMIT)
			.orElseThrow();

		assertThat(answer).endsWith("It is on its way");
		assertThat(request(1).toolNames()).containsExactly("orderLookup");
		assertThat(request(2).messages()).hasSize(3).last().asString().contains("ORD-1 shipped");
		assertThat(request(2).lastUserText()).isEqualTo("Where is it?");
	}

	private ChatModel model(ModelClient client) {
		return client.model(this.provider.rootUrl(), "fake-model");
	}

	private List<ChatResponse> stream(ModelClient client, Prompt prompt) {
		return model(client).stream(prompt).collectList().blockOptional(ChatCalls.LIMIT).orElseThrow();
	}

	private ChatRequest request(int number) {
		return this.provider.exchange(number).join().request();
	}

	private static List<String> finishReasons(List<ChatResponse> responses) {
		return responses.stream()
			.flatMap((response) -> response.getResults().stream())
			.map((result) -> String.valueOf(result.getMetadata().getFinishReason()))
			.toList();
	}

	private static List<AssistantMessage.ToolCall> toolCalls(List<ChatResponse> responses) {
		return responses.stream()
			.flatMap((response) -> response.getResults().stream())
			.flatMap((result) -> result.getOutput().getToolCalls().stream())
			.toList();
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
