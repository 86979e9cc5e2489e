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
 * @param message the model's message; its tool calls have the ids that the provider gave
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
	 * @param prices what models cost
	 * @return the answer, an empty one if the provider sent nothing
	 */
	static ModelAnswer of(ChatResponse response, boolean declined, Prices prices) {
		Generation result = response.getResult();
		AssistantMessage message = (result != null) ? result.getOutput() : new AssistantMessage("");
		String finishReason = (result != null) ? result.getMetadata().getFinishReason() : null;
		if (declined) {
			finishReason = REFUSAL;
		}
		Usage usage = usage(response);
		return new ModelAnswer(message, usage, finishReason, cost(response, usage, prices));
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

	/**
	 * The same answer, with an id for each tool call that no other call of the turn has.
	 * Some providers give none, or the same ones again in each answer.
	 * @param step the number of the model call
	 * @param taken the ids that calls have had so far, to which those of this answer are
	 * added
	 * @return the answer
	 */
	ModelAnswer withCallIds(int step, Set<String> taken) {
		List<AssistantMessage.ToolCall> calls = new ArrayList<>();
		for (AssistantMessage.ToolCall call : this.message.getToolCalls()) {
			String id = call.id();
			for (int number = calls.size() + 1; isBlank(id) || !taken.add(id); number++) {
				id = "call-%d-%d".formatted(step, number);
			}
			calls.add(new AssistantMessage.ToolCall(id, call.type(), call.name(), call.arguments()));
		}
		return calls.equals(this.message.getToolCalls()) ? this : new ModelAnswer(
				this.message.mutate().toolCalls(calls).build(), this.usage, this.finishReason, this.cost);
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
