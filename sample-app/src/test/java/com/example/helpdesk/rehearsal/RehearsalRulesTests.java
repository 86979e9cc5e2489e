package com.example.helpdesk.rehearsal;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what the rehearsal model says and asks for.
 */
class RehearsalRulesTests {

	@ParameterizedTest(name = "{0} -> {1}")
	@CsvSource(delimiter = '|', textBlock = """
			Where is ORD-1001?                | orderLookup  | {"orderNumber":"ORD-1001"}
			What did I order in ord-1001?     | orderLookup  | {"orderNumber":"ORD-1001"}
			Cancel ORD-1002 please            | orderCancel  | {"orderNumber":"ORD-1002"}
			May I return the kettle?          | returnPolicy | {}
			How much is a kettle?             | productPrice | {"product":"kettle"}
			""")
	void asksForTheToolThatTheQuestionNeeds(String question, String tool, String arguments) {
		AssistantMessage reply = TestConversation.offering(tool).user(question).reply();

		assertThat(reply.getText()).isEmpty();
		assertThat(reply.getToolCalls()).singleElement().satisfies((call) -> {
			assertThat(call.name()).isEqualTo(tool);
			assertThat(call.arguments()).isEqualTo(arguments);
		});
	}

	@Test
	void asksForEachOrderOfAQuestion() {
		AssistantMessage reply = TestConversation.offering("orderLookup")
			.user("Where are ORD-1001 and ORD-1002?")
			.reply();

		assertThat(reply.getToolCalls()).extracting(ToolCall::arguments)
			.containsExactly("{\"orderNumber\":\"ORD-1001\"}", "{\"orderNumber\":\"ORD-1002\"}");
		assertThat(reply.getToolCalls()).extracting(ToolCall::id).doesNotHaveDuplicates();
	}

	@Test
	void takesTheOrderFromTheConversationWhereTheQuestionNamesNone() {
		AssistantMessage reply = TestConversation.offering("orderCancel")
			.user("Where is ORD-1001?")
			.assistant("On its way.")
			.user("Then cancel it")
			.reply();

		assertThat(reply.getToolCalls()).extracting(ToolCall::arguments)
			.containsExactly("{\"orderNumber\":\"ORD-1001\"}");
	}

	@Test
	void asksWhichOrderWhereNoneWasNamed() {
		assertThat(TestConversation.offering("orderLookup").user("Where is my order?").answer())
			.contains("Which order?");
	}

	@Test
	void saysSoWhereTheToolIsNotOffered() {
		assertThat(TestConversation.offering("returnPolicy").user("Where is ORD-1001?").answer())
			.contains("I need the tool orderLookup", "not offered");
	}

	@Test
	void saysWhatItIsInItsFirstAnswerOnly() {
		TestConversation conversation = TestConversation.offering().user("Hello");

		assertThat(conversation.answer()).startsWith(Rules.DISCLOSURE);
		assertThat(conversation.assistant("Hello.").user("Thanks").answer()).isEqualTo("You are welcome.");
	}

	@Test
	void remembersNameAndOrdersOfTheConversation() {
		TestConversation conversation = TestConversation.offering()
			.user("My name is Ada")
			.assistant("Nice to meet you, Ada.")
			.user("Where is ORD-1001?")
			.assistant("On its way.");

		assertThat(conversation.user("What is my name?").answer()).isEqualTo("Your name is Ada.");
		assertThat(conversation.user("What was my order?").answer()).isEqualTo("Your order was ORD-1001.");
		assertThat(conversation.user("What did I say before?").answer())
			.isEqualTo("You asked about ORD-1001 before. Before this you said: \"Where is ORD-1001?\"");
		assertThat(conversation.user("Bye").answer()).isEqualTo("Goodbye, Ada.");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			What is my name?        | You have not told me your name
			What was my order?      | You have not named an order
			What did I say before?  | You have not said anything before
			""")
	void saysSoWhereTheConversationHoldsNothing(String question, String answer) {
		assertThat(TestConversation.offering().user(question).answer()).contains(answer);
	}

	@Test
	void saysThatItDoesNotKnow() {
		assertThat(TestConversation.offering().user("Write a poem").answer()).contains("I do not know. I can");
	}

	@Test
	void triageDeskNamesTheKindFirst() {
		TestConversation desk = TestConversation.offering()
			.system("You are the triage desk of a shop.")
			.user("Where is ORD-1001?");

		assertThat(desk.answer()).startsWith("shipping: ").endsWith("(" + Rules.DISCLOSURE + ")");
	}

	@Test
	void mentionOfATriageDeskMakesNoTriageDesk() {
		TestConversation support = TestConversation.offering()
			.system("You are the support desk. Messages come from the triage desk.")
			.user("Thanks");

		assertThat(support.answer()).endsWith("You are welcome.");
	}

	@ParameterizedTest(name = "{0}: {2}")
	@CsvSource(delimiter = '|',
			textBlock = """
					orderLookup  | Where is it?        | {"orderNumber":"ORD-1","found":false}                                 | There is no order ORD-1 in the book.
					orderLookup  | Where is it?        | {"orderNumber":"ORD-1","found":true,"status":"CANCELLED"}             | ORD-1 is cancelled.
					orderLookup  | Where is it?        | {"orderNumber":"ORD-1","found":true,"status":"PLACED","placedOn":"X"} | ORD-1 was placed on X and waits in the warehouse.
					orderLookup  | Where is it?        | {"orderNumber":"ORD-1","found":true,"status":"SHIPPED","deliveredPercent":50,"parcels":[{"carrier":"A","expectedOn":"X","delivered":true},{"carrier":"B","expectedOn":"Y","delivered":false}]} | ORD-1 is on its way, 50% of it has arrived; it comes with B on Y.
					orderLookup  | Where is it?        | {"orderNumber":"ORD-1","found":true,"status":"DELIVERED","parcels":[{"carrier":"A","expectedOn":"X","delivered":true}]} | ORD-1 was delivered by A on X.
					orderLookup  | What did I order?   | {"orderNumber":"ORD-1","found":true,"items":[{"product":"mug","quantity":4},{"product":"lamp","quantity":1}],"total":64.0} | ORD-1 holds 4 x mug, 1 x lamp, 64.00 euros together.
					orderCancel  | Cancel it           | {"orderNumber":"ORD-1","cancelled":true,"status":"CANCELLED"}         | ORD-1 is cancelled.
					orderCancel  | Cancel it           | {"orderNumber":"ORD-1","cancelled":false,"status":"SHIPPED"}          | ORD-1 cannot be cancelled any more: it is on its way.
					orderCancel  | Cancel it           | {"orderNumber":"ORD-1","cancelled":false}                             | There is no order ORD-1 in the book.
					returnPolicy | Refund?             | {"days":30,"condition":"unused","refundDays":5}                       | You can send goods back within 30 days, unused; the refund takes 5 days.
					productPrice | How much is a mug?  | {"product":"mug","price":7.5}                                         | One mug costs 7.50 euros.
					productPrice | How much is a boat? | {"product":"boat","products":["mug","lamp"]}                          | We do not sell boat. We sell: mug, lamp.
					orderLookup  | Where is it?        | / by zero                                                             | The tool orderLookup gave no data, it said: / by zero
					weather      | Where is it?        | {"sky":"blue"}                                                        | The tool weather says: {"sky":"blue"}.
					""")
	void buildsItsAnswerFromTheToolsData(String tool, String question, String data, String answer) {
		assertThat(
				TestConversation.offering(tool).assistant("Hello.").user(question).tool(tool, List.of(data)).answer())
			.isEqualTo(answer);
	}

	@Test
	void answersForEachToolResult() {
		String data = "{\"orderNumber\":\"%s\",\"found\":true,\"status\":\"CANCELLED\"}";

		assertThat(TestConversation.offering("orderLookup")
			.user("Where are ORD-1 and ORD-2?")
			.tool("orderLookup", List.of(data.formatted("ORD-1"), data.formatted("ORD-2")))
			.answer()).endsWith("ORD-1 is cancelled. ORD-2 is cancelled.");
	}

}
