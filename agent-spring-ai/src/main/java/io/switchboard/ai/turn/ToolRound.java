package io.switchboard.ai.turn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

import io.switchboard.ai.failure.TurnFailure;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage.ToolResponse;

/**
 * The calls of tools that one answer asks for, and what came of them.
 */
final class ToolRound {

	private AssistantMessage message;

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
		made.awaitsApproval = false;
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
	 * What has not ended and may run, as far as people have a say.
	 * @return the calls, in the model's order
	 */
	List<AssistantMessage.ToolCall> ready() {
		return calls((made) -> made.result == null && !made.awaitsApproval);
	}

	/**
	 * Let a call wait until a person has decided.
	 * @param id the id of the call
	 */
	void await(String id) {
		made(id).awaitsApproval = true;
	}

	/**
	 * What waits until a person has decided.
	 * @return the calls, in the model's order
	 */
	List<AssistantMessage.ToolCall> awaiting() {
		return calls((made) -> made.awaitsApproval);
	}

	/**
	 * Whether a call waits until a person has decided.
	 * @param id the id of the call
	 * @return {@code true} if so
	 */
	boolean awaits(String id) {
		Made made = this.calls.get(id);
		return made != null && made.awaitsApproval;
	}

	/**
	 * A person has decided that a call is to be made.
	 * @param id the id of the call
	 * @param arguments what to call the tool with, {@code null} for what the model wants
	 */
	void approved(String id, @Nullable String arguments) {
		Made made = made(id);
		made.awaitsApproval = false;
		if (arguments != null && !arguments.equals(made.call.arguments())) {
			made.call = new AssistantMessage.ToolCall(id, made.call.type(), made.call.name(), arguments);
			this.message = AssistantMessage.builder()
				.content(this.message.getText())
				.properties(this.message.getMetadata())
				.toolCalls(this.calls.values().stream().map((each) -> each.call).toList())
				.media(this.message.getMedia())
				.build();
		}
	}

	/**
	 * What has begun and has no end, so that nobody knows how far it came.
	 * @return the calls, in the model's order
	 */
	List<AssistantMessage.ToolCall> cutOff() {
		return calls((made) -> made.started && made.result == null);
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
		return calls((made) -> made.failure != null);
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
	 * Let the model be told of the calls that failed, as of any others.
	 */
	void acceptFailures() {
		this.calls.values().forEach((made) -> made.failure = null);
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

	private List<AssistantMessage.ToolCall> calls(Predicate<Made> which) {
		return this.calls.values().stream().filter(which).map((made) -> made.call).toList();
	}

	private Made made(String id) {
		return Objects.requireNonNull(this.calls.get(id), () -> "No tool was called with the id '" + id + "'");
	}

	private static final class Made {

		AssistantMessage.ToolCall call;

		boolean awaitsApproval;

		boolean started;

		@Nullable String result;

		@Nullable TurnFailure failure;

		Made(AssistantMessage.ToolCall call) {
			this.call = call;
		}

	}

}
