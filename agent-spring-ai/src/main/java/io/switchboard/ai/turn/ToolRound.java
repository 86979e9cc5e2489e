package io.switchboard.ai.turn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.switchboard.ai.failure.TurnFailure;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage.ToolResponse;

/**
 * The calls of tools that one answer asks for, and what came of them.
 */
final class ToolRound {

	private final AssistantMessage message;

	private final Map<String, Made> calls = new LinkedHashMap<>();

	ToolRound(AssistantMessage message) {
		this.message = message;
		message.getToolCalls().forEach((call) -> this.calls.put(call.id(), new Made(call)));
	}

	AssistantMessage message() {
		return this.message;
	}

	AssistantMessage.ToolCall call(String id) {
		return made(id).call;
	}

	void started(String id) {
		made(id).started = true;
	}

	void ended(String id, String result, @Nullable TurnFailure failure) {
		Made made = made(id);
		made.result = result;
		made.failure = failure;
	}

	/**
	 * Whether no call is without an end.
	 * @return {@code true} if so
	 */
	boolean isOver() {
		return this.calls.values().stream().noneMatch((made) -> made.result == null);
	}

	/**
	 * What has not ended.
	 * @return the calls, in the model's order
	 */
	List<AssistantMessage.ToolCall> open() {
		return this.calls.values().stream().filter((made) -> made.result == null).map((made) -> made.call).toList();
	}

	/**
	 * What has begun and has no end, so that nobody knows how far it came.
	 * @return the calls, in the model's order
	 */
	List<AssistantMessage.ToolCall> cutOff() {
		return this.calls.values()
			.stream()
			.filter((made) -> made.started && made.result == null)
			.map((made) -> made.call)
			.toList();
	}

	/**
	 * The failures, one for each class.
	 * @return the first failure of each class
	 */
	List<TurnFailure> failures() {
		Map<Object, TurnFailure> result = new LinkedHashMap<>();
		for (Made made : this.calls.values()) {
			if (made.failure != null) {
				result.putIfAbsent(made.failure.failure(), made.failure);
			}
		}
		return List.copyOf(result.values());
	}

	/**
	 * The calls that failed.
	 * @return the calls, in the model's order
	 */
	List<AssistantMessage.ToolCall> failed() {
		return this.calls.values().stream().filter((made) -> made.failure != null).map((made) -> made.call).toList();
	}

	/**
	 * Let the calls that failed be made again.
	 */
	void reopenFailed() {
		for (Made made : this.calls.values()) {
			if (made.failure != null) {
				made.failure = null;
				made.result = null;
				made.started = false;
			}
		}
	}

	/**
	 * What the model is told.
	 * @return a response for each call, in the model's order
	 */
	ToolResponseMessage responses() {
		List<ToolResponse> responses = new ArrayList<>();
		for (Made made : this.calls.values()) {
			responses.add(new ToolResponse(made.call.id(), made.call.name(),
					Objects.requireNonNull(made.result, "all calls are over")));
		}
		return ToolResponseMessage.builder().responses(responses).build();
	}

	private Made made(String id) {
		return Objects.requireNonNull(this.calls.get(id), () -> "No tool was called with the id '" + id + "'");
	}

	private static final class Made {

		final AssistantMessage.ToolCall call;

		boolean started;

		@Nullable String result;

		@Nullable TurnFailure failure;

		Made(AssistantMessage.ToolCall call) {
			this.call = call;
		}

	}

}
