package io.switchboard.test.model;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.client.AdvisorParams;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.function.FunctionToolCallback;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A real {@code ChatClient} cannot tell the scripted model from a provider's.
 */
class ScriptedChatModelInChatClientTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	@Test
	void answersACall() {
		ScriptedChatModel model = ScriptedChatModel.script().answer("Hello").build();

		String answer = ChatClient.create(model).prompt().system("Be brief").user("Hi").call().content();

		assertThat(answer).isEqualTo("Hello");
		assertThat(model.lastPrompt()).hasSystemText("Be brief").hasLastUserText("Hi").offersNoTools();
	}

	@Test
	void answersAStream() {
		ScriptedChatModel model = ScriptedChatModel.script().stream("Hel", "lo").build();

		List<String> chunks = ChatClient.create(model)
			.prompt("Hi")
			.stream()
			.content()
			.collectList()
			.blockOptional(LIMIT)
			.orElseThrow();

		assertThat(chunks).containsExactly("Hel", "lo");
		assertThat(model).hasOutcomes(CallOutcome.COMPLETED);
	}

	@Test
	void hasItsToolRunInACall() {
		ScriptedChatModel model = lookingUp();

		String answer = ChatClient.create(model).prompt("Where is it?").tools(orderLookup()).call().content();

		assertThat(answer).isEqualTo("On its way");
		assertThatTheToolWasOfferedAndItsResultCameBack(model);
	}

	@Test
	void hasItsToolRunInAStream() {
		ScriptedChatModel model = lookingUp();

		String answer = ChatClient.create(model)
			.prompt("Where is it?")
			.tools(orderLookup())
			.stream()
			.content()
			.reduce("", String::concat)
			.block(LIMIT);

		assertThat(answer).isEqualTo("On its way");
		assertThatTheToolWasOfferedAndItsResultCameBack(model);
	}

	@Test
	void handsItsToolCallToACallerThatRunsToolsItself() {
		ScriptedChatModel model = lookingUp();

		ChatResponse response = ChatClient.create(model)
			.prompt("Where is it?")
			.tools(orderLookup())
			.advisors(AdvisorParams.toolCallingAdvisorAutoRegister(false))
			.call()
			.chatResponse();

		assertThat(response).isNotNull().satisfies((found) -> assertThat(found.hasToolCalls()).isTrue());
		assertThat(model).wasCalledTimes(1).lastPrompt().offersTools("orderLookup");
	}

	private static void assertThatTheToolWasOfferedAndItsResultCameBack(ScriptedChatModel model) {
		assertThat(model).wasCalledTimes(2).hasUsedItsScript();
		assertThat(model).prompt(1).offersTools("orderLookup").hasLastUserText("Where is it?");
		assertThat(model).prompt(2).toolResponses().singleElement().satisfies((response) -> {
			assertThat(response.id()).isEqualTo("call-1-1");
			assertThat(response.responseData()).contains("ORD-1 shipped");
		});
	}

	private static ScriptedChatModel lookingUp() {
		return ScriptedChatModel.script()
			.toolCall("orderLookup", "{\"id\":\"ORD-1\"}")
			.stream("On ", "its way")
			.build();
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
