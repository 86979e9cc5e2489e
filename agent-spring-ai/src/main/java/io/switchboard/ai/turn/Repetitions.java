package io.switchboard.ai.turn;

import java.util.HashMap;
import java.util.Map;

import org.springframework.ai.chat.messages.AssistantMessage;

/**
 * Which calls of tools a model repeats without getting anything new from them.
 */
final class Repetitions {

	/**
	 * So often the same call may give the same result; then the model is in a loop.
	 */
	static final int MOST = 3;

	private final Map<Call, Repeated> known = new HashMap<>();

	/**
	 * Note what a call gave.
	 * @param call the call
	 * @param result what the model was told
	 */
	void note(AssistantMessage.ToolCall call, String result) {
		this.known.compute(Call.of(call), (key, before) -> (before != null && before.result().equals(result))
				? new Repeated(result, before.times() + 1) : new Repeated(result, 1));
	}

	/**
	 * Whether a call gave the same so often that it is not worth making again.
	 * @param call the call
	 * @return {@code true} if so
	 */
	boolean isLoop(AssistantMessage.ToolCall call) {
		Repeated before = this.known.get(Call.of(call));
		return before != null && before.times() >= MOST;
	}

	void clear() {
		this.known.clear();
	}

	private record Call(String tool, String arguments) {

		static Call of(AssistantMessage.ToolCall call) {
			return new Call(call.name(), String.valueOf(call.arguments()));
		}

	}

	private record Repeated(String result, int times) {

	}

}
