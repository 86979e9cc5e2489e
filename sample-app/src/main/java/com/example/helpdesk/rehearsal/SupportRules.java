package com.example.helpdesk.rehearsal;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.springframework.ai.chat.messages.AssistantMessage;

/**
 * Plays the support desk: asks for the tool that the user's wish needs, and answers from
 * what the tool said.
 */
class SupportRules implements Rules {

	@Override
	public AssistantMessage reply(Conversation conversation) {
		Intent intent = Intent.of(conversation.question());
		if (!conversation.results().isEmpty()) {
			return answer(conversation, ToolAnswers.of(intent, conversation.results()));
		}
		return switch (intent) {
			case STATUS, ITEMS -> aboutOrders(conversation, "orderLookup");
			case CANCEL -> aboutOrders(conversation, "orderCancel");
			case RETURNS -> ask(conversation, "returnPolicy", List.of(Map.of()));
			case PRICE -> aboutProduct(conversation);
			case RECALL_NAME, RECALL_ORDER, RECALL -> answer(conversation, Recollection.of(intent, conversation));
			case INTRODUCTION -> answer(conversation, "Nice to meet you%s.".formatted(name(conversation)));
			case THANKS -> answer(conversation, "You are welcome%s.".formatted(name(conversation)));
			case GOODBYE -> answer(conversation, "Goodbye%s.".formatted(name(conversation)));
			case GREETING -> answer(conversation, "Hello%s. What can I do for you?".formatted(name(conversation)));
			case UNKNOWN -> answer(conversation, "I do not know. I can look up and cancel orders, "
					+ "explain returns, tell prices, and recall what you told me.");
		};
	}

	private AssistantMessage aboutOrders(Conversation conversation, String tool) {
		List<String> orders = Mentions.orders(conversation.question());
		if (orders.isEmpty()) {
			orders = Mentions.lastOrder(conversation.earlier()).stream().toList();
		}
		if (orders.isEmpty()) {
			return answer(conversation, "Which order? Tell me its number, for example ORD-1001.");
		}
		return ask(conversation, tool, orders.stream().map((order) -> Map.of("orderNumber", order)).toList());
	}

	private AssistantMessage aboutProduct(Conversation conversation) {
		Optional<String> product = Mentions.product(conversation.question());
		return product.map((name) -> ask(conversation, "productPrice", List.of(Map.of("product", name))))
			.orElseGet(() -> answer(conversation, "Which product? Ask, for example: how much is a kettle?"));
	}

	private AssistantMessage ask(Conversation conversation, String tool, List<Map<String, String>> arguments) {
		if (!conversation.tools().contains(tool)) {
			return answer(conversation,
					"I cannot tell: I need the tool %s for that, and it is not offered to me.".formatted(tool));
		}
		return ToolRequest.of(conversation, tool, arguments);
	}

	private AssistantMessage answer(Conversation conversation, String text) {
		return new AssistantMessage(conversation.answeredBefore() ? text : DISCLOSURE + " " + text);
	}

	private String name(Conversation conversation) {
		return Recollection.name(conversation).map(", %s"::formatted).orElse("");
	}

}
