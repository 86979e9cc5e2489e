package com.example.helpdesk;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the sample's model and tools work together under an unmodified
 * {@link ChatClient}, which runs the tools itself.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE,
		properties = "helpdesk.rehearsal.words-per-second=0")
class HelpDeskConversationTests {

	@Autowired
	private ChatModel model;

	@Autowired
	private ToolCallback orderLookup;

	@Autowired
	private ToolCallback orderCancel;

	@Autowired
	private ToolCallback returnPolicy;

	@Autowired
	private ToolCallback productPrice;

	@Test
	void answersFromTheToolsData() {
		assertThat(call("Where are ORD-1001 and ORD-1003?"))
			.endsWith("ORD-1001 is on its way, 0% of it has arrived; it comes with Northwind Express on 2026-03-04. "
					+ "ORD-1003 was delivered by Harbour Post on 2026-02-06.");
		assertThat(call("What did I order in ORD-1001?"))
			.endsWith("ORD-1001 holds 1 x kettle, 4 x mug, 69.90 euros together.");
		assertThat(call("How do returns work?")).contains("within 30 days");
		assertThat(call("How much is a kettle?")).endsWith("One kettle costs 39.90 euros.");
	}

	@Test
	void cancelledOrderStaysCancelled() {
		assertThat(call("Cancel ORD-1011")).endsWith("ORD-1011 is cancelled.");
		assertThat(call("Where is ORD-1011?")).endsWith("ORD-1011 is cancelled.");
	}

	@Test
	void streamsTheAnswerAfterTheToolsHaveRun() {
		StepVerifier.create(client().prompt().user("Where is ORD-1002?").stream().content().collectList())
			.assertNext((words) -> {
				assertThat(words).hasSizeGreaterThan(10);
				assertThat(String.join("", words)).startsWith("I am a rehearsal model")
					.endsWith("ORD-1002 was placed on 2026-02-27 and waits in the warehouse.");
			})
			.expectComplete()
			.verify(Duration.ofSeconds(60));
	}

	@Test
	void countsTheTokensOfAllSteps() {
		ChatResponse response = client().prompt().user("Where is ORD-1002?").call().chatResponse();

		assertThat(response).isNotNull();
		assertThat(response.getMetadata().getUsage().getPromptTokens()).isGreaterThan(20);
		assertThat(response.getMetadata().getUsage().getCompletionTokens()).isGreaterThan(20);
	}

	@Test
	void knowsTheEarlierMessagesOfTheConversation() {
		String answer = client().prompt()
			.messages(
					List.of(new UserMessage("My name is Ada. Where is ORD-1313?"), new AssistantMessage("One moment.")))
			.user("What is my name?")
			.call()
			.content();

		assertThat(answer).isEqualTo("Your name is Ada.");
	}

	@Test
	void toolWithTheSeededBugFails() {
		assertThat(call("Where is ORD-1313?")).contains("The tool orderLookup gave no data, it said: / by zero");
	}

	private String call(String question) {
		return String.valueOf(client().prompt().user(question).call().content());
	}

	private ChatClient client() {
		return ChatClient.builder(this.model)
			.defaultTools(this.orderLookup, this.orderCancel, this.returnPolicy, this.productPrice)
			.build();
	}

}
