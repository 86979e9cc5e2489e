package io.switchboard.ai.turn;

import java.time.Duration;
import java.util.List;

import io.switchboard.ai.failure.TurnFailure;
import io.switchboard.ai.recovery.Rung.ChangeOptions;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;

/**
 * What a turn wants done next.
 */
sealed interface TurnEffect {

	/**
	 * Call a model.
	 *
	 * @param model which of the agent's models, zero is the first
	 * @param messages what was said
	 * @param options what differs from the usual options, or {@code null}
	 */
	record CallModel(int model, List<Message> messages, @Nullable ChangeOptions options) implements TurnEffect {

		public CallModel {
			messages = List.copyOf(messages);
		}

	}

	/**
	 * Run tools.
	 *
	 * @param calls the calls
	 */
	record RunTools(List<AssistantMessage.ToolCall> calls) implements TurnEffect {

		public RunTools {
			calls = List.copyOf(calls);
		}

	}

	/**
	 * Wait until a person has decided something.
	 *
	 * @param asked what was asked and is not decided
	 */
	record Await(List<AwaitingApproval> asked) implements TurnEffect {

		public Await {
			asked = List.copyOf(asked);
		}

	}

	/**
	 * Wait before a retry.
	 *
	 * @param delay how long
	 */
	record Wait(Duration delay) implements TurnEffect {

	}

	/**
	 * Shorten the history.
	 *
	 * @param history what was said before this turn
	 * @param time which time in a row, from one on
	 */
	record Compact(List<Message> history, int time) implements TurnEffect {

		public Compact {
			history = List.copyOf(history);
		}

	}

	/**
	 * Let a model sum the older part of the history up.
	 *
	 * @param model which of the agent's models
	 * @param history what was said before this turn
	 */
	record Summarize(int model, List<Message> history) implements TurnEffect {

		public Summarize {
			history = List.copyOf(history);
		}

	}

	/**
	 * End this life of the agent. The next one goes on.
	 *
	 * @param failure why
	 */
	record Crash(TurnFailure failure) implements TurnEffect {

	}

	/**
	 * The turn is over.
	 *
	 * @param failure why there is no answer, or {@code null} if there is one
	 */
	record End(@Nullable TurnFailure failure) implements TurnEffect {

	}

}
