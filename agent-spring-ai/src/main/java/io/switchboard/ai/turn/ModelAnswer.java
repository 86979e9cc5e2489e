package io.switchboard.ai.turn;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

/**
 * What one model call gave, with all pieces put together.
 *
 * @param message the model's message; each of its tool calls has an id
 * @param usage what the call cost
 * @param finishReason why the model stopped, as the provider calls it
 * @param cost what the call cost in money, zero if that is not known
 */
record ModelAnswer(AssistantMessage message, Usage usage, @Nullable String finishReason, BigDecimal cost) {

	private static final String REFUSAL = "REFUSAL";

	private static final Set<String> REFUSALS = Set.of("CONTENT_FILTER", "CONTENT_FILTERED", REFUSAL, "SAFETY",
			"PROHIBITED_CONTENT", "BLOCKLIST", "SPII", "RECITATION", "GUARDRAIL_INTERVENED");

	ModelAnswer(AssistantMessage message, Usage usage, @Nullable String finishReason) {
		this(message, usage, finishReason, BigDecimal.ZERO);
	}

	/**
	 * Read an aggregated response. Of what is said beside the text only the last piece is
	 * left in it, so that a refusal has to be seen while the pieces come.
	 * @param response the response
	 * @param declined whether a piece of it {@link #declines}
	 * @param step the number of the model call, for ids that the provider left out
	 * @param prices what models cost
	 * @return the answer, an empty one if the provider sent nothing
	 */
	static ModelAnswer of(ChatResponse response, boolean declined, int step, Prices prices) {
		Generation result = response.getResult();
		AssistantMessage message = (result != null) ? result.getOutput() : new AssistantMessage("");
		String finishReason = (result != null) ? result.getMetadata().getFinishReason() : null;
		if (declined) {
			finishReason = REFUSAL;
		}
		Usage usage = usage(response);
		return new ModelAnswer(withCallIds(message, step), usage, finishReason, cost(response, usage, prices));
	}

	private static BigDecimal cost(ChatResponse response, Usage usage, Prices prices) {
		String model = response.getMetadata().getModel();
		Price price = (model != null) ? prices.of(model) : null;
		return (price != null) ? price.of(usage) : BigDecimal.ZERO;
	}

	private static Usage usage(ChatResponse response) {
		org.springframework.ai.chat.metadata.Usage usage = response.getMetadata().getUsage();
		return new Usage(Math.max(0, usage.getPromptTokens()), Math.max(0, usage.getCompletionTokens()));
	}

	private static AssistantMessage withCallIds(AssistantMessage message, int step) {
		if (message.getToolCalls().stream().noneMatch((call) -> isBlank(call.id()))) {
			return message;
		}
		List<AssistantMessage.ToolCall> calls = new ArrayList<>();
		for (AssistantMessage.ToolCall call : message.getToolCalls()) {
			String id = isBlank(call.id()) ? "call-%d-%d".formatted(step, calls.size() + 1) : call.id();
			calls.add(new AssistantMessage.ToolCall(id, call.type(), call.name(), call.arguments()));
		}
		return message.mutate().toolCalls(calls).build();
	}

	/**
	 * What the model says, without what it thought.
	 * @return the text, possibly empty
	 */
	String text() {
		Object spoken = this.message.getMetadata().get("outputWithoutThoughts");
		String text = (spoken != null) ? spoken.toString() : this.message.getText();
		return (text != null) ? text : "";
	}

	/**
	 * Whether the model or a filter declined to answer.
	 * @return {@code true} if so
	 */
	boolean refused() {
		if (this.finishReason != null && REFUSALS.contains(this.finishReason.toUpperCase(Locale.ROOT))) {
			return true;
		}
		return isRefusal(this.message);
	}

	/**
	 * Whether a piece of a response is one of a refusal.
	 * @param piece the piece
	 * @return {@code true} if so
	 */
	static boolean declines(ChatResponse piece) {
		Generation result = piece.getResult();
		return result != null && isRefusal(result.getOutput());
	}

	private static boolean isRefusal(AssistantMessage message) {
		Object refusal = message.getMetadata().get("refusal");
		return refusal != null && !isBlank(refusal.toString());
	}

	private static boolean isBlank(@Nullable String text) {
		return text == null || text.isBlank();
	}

}
