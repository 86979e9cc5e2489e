package com.example.helpdesk.rehearsal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the model remembers of a conversation: only what the prompt still holds.
 */
final class Recollection {

	private Recollection() {
	}

	static String of(Intent intent, Conversation conversation) {
		return switch (intent) {
			case RECALL_NAME -> name(conversation).map("Your name is %s."::formatted)
				.orElse("You have not told me your name in this conversation.");
			case RECALL_ORDER -> Mentions.lastOrder(conversation.earlier())
				.map("Your order was %s."::formatted)
				.orElse("You have not named an order in this conversation.");
			default -> everything(conversation.earlier());
		};
	}

	static Optional<String> name(Conversation conversation) {
		List<String> said = new ArrayList<>(conversation.earlier());
		said.add(conversation.question());
		return Mentions.lastName(said);
	}

	private static String everything(List<String> earlier) {
		if (earlier.isEmpty()) {
			return "You have not said anything before in this conversation.";
		}
		List<String> orders = Mentions.orders(earlier);
		String last = "Before this you said: \"%s\"".formatted(earlier.get(earlier.size() - 1));
		return orders.isEmpty() ? last : "You asked about %s before. %s".formatted(String.join(" and ", orders), last);
	}

}
