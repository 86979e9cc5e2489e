package io.switchboard.ai.turn;

import java.math.BigDecimal;
import java.util.List;

import io.switchboard.ai.approval.Decision;
import io.switchboard.ai.failure.TurnFailure;
import io.switchboard.ai.tool.ToolOutcome;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.Message;

/**
 * What happens in a turn. All of them in order are the turn: whoever has them can go on
 * with it in another life.
 */
sealed interface TurnInput {

	/**
	 * The turn begins.
	 *
	 * @param history what was said before, the oldest first, as far as the model is told
	 * @param unseen how many messages there are before those
	 * @param at when, in milliseconds by the runtime's clock
	 */
	record Begun(List<Message> history, int unseen, long at) implements TurnInput {

		public Begun {
			history = List.copyOf(history);
		}

	}

	/**
	 * The model has answered.
	 *
	 * @param answer what it said
	 * @param objection what is wrong with it that only others can tell, or {@code null}
	 */
	record Answered(ModelAnswer answer, @Nullable TurnFailure objection) implements TurnInput {

	}

	/**
	 * The model was called and has not answered.
	 *
	 * @param failure why
	 * @param shown whether a part of the answer was shown to the client
	 */
	record CallFailed(TurnFailure failure, boolean shown) implements TurnInput {

	}

	/**
	 * A tool is about to be called.
	 *
	 * @param call the id of the call
	 */
	record ToolStarted(String call) implements TurnInput {

	}

	/**
	 * The call of a tool is over.
	 *
	 * @param call the id of the call
	 * @param outcome what came of it
	 * @param usage the tokens that agents took that were asked in it
	 * @param cost the money that those took
	 */
	record ToolEnded(String call, ToolOutcome outcome, Usage usage, BigDecimal cost) implements TurnInput {

		ToolEnded(String call, ToolOutcome outcome) {
			this(call, outcome, Usage.none(), BigDecimal.ZERO);
		}

	}

	/**
	 * A person has decided what the turn asked.
	 *
	 * @param call the id of the call, or of the question about a failure
	 * @param decision what was decided
	 */
	record Decided(String call, Decision decision) implements TurnInput {

	}

	/**
	 * A tool, an advisor or something else is broken.
	 *
	 * @param failure what is known of it
	 * @param usage the tokens that agents took that were asked in calls of tools whose
	 * ends are not told any more
	 * @param cost the money that those took
	 */
	record Broken(TurnFailure failure, Usage usage, BigDecimal cost) implements TurnInput {

		Broken(TurnFailure failure) {
			this(failure, Usage.none(), BigDecimal.ZERO);
		}

	}

	/**
	 * The wait before a retry is over.
	 */
	record Waited() implements TurnInput {

	}

	/**
	 * The history was shortened.
	 *
	 * @param history what is left of it
	 * @param usage the tokens that took
	 * @param cost the money that took
	 */
	record Compacted(List<Message> history, Usage usage, BigDecimal cost) implements TurnInput {

		public Compacted {
			history = List.copyOf(history);
		}

		Compacted(List<Message> history) {
			this(history, Usage.none(), BigDecimal.ZERO);
		}

	}

	/**
	 * Another life goes on with the turn.
	 */
	record Resumed() implements TurnInput {

	}

	/**
	 * Another process goes on with the turn, which nothing had gone wrong in.
	 */
	record Reopened() implements TurnInput {

	}

}
