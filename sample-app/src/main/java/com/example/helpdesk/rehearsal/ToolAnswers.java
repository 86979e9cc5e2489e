package com.example.helpdesk.rehearsal;

import java.util.List;
import java.util.stream.Collectors;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.ai.chat.messages.ToolResponseMessage.ToolResponse;

/**
 * Puts into words what the tools have said.
 */
final class ToolAnswers {

	private static final JsonMapper json = JsonMapper.shared();

	private ToolAnswers() {
	}

	static String of(Intent intent, List<ToolResponse> results) {
		return results.stream().map((result) -> sentence(intent, result)).collect(Collectors.joining(" "));
	}

	private static String sentence(Intent intent, ToolResponse result) {
		JsonNode data = read(result.responseData());
		if (!data.isObject()) {
			return "The tool %s gave no data, it said: %s".formatted(result.name(), result.responseData());
		}
		return switch (result.name()) {
			case "orderLookup" -> (intent == Intent.ITEMS) ? OrderSentences.items(data) : OrderSentences.status(data);
			case "orderCancel" -> OrderSentences.cancellation(data);
			case "returnPolicy" -> ShopSentences.returns(data);
			case "productPrice" -> ShopSentences.price(data);
			default -> "The tool %s says: %s.".formatted(result.name(), result.responseData());
		};
	}

	// Not every result is JSON: a failed tool's may be the bare text of its exception.
	private static JsonNode read(String data) {
		try {
			return json.readTree(data);
		}
		catch (JacksonException ex) {
			return json.missingNode();
		}
	}

}
