package io.switchboard.ai.turn;

import io.switchboard.ai.failure.FailureClass;

import org.springframework.ai.chat.messages.AssistantMessage;

/**
 * What a turn does after a model call. Pure: the answer and what was spent in, the
 * decision out.
 */
sealed interface NextStep {

	/**
	 * Decide.
	 * @param answer what the model said
	 * @param steps how many model calls were made
	 * @param spent what they cost
	 * @param budget what they may cost
	 * @return the decision
	 */
	static NextStep after(ModelAnswer answer, int steps, Usage spent, Budget budget) {
		if (answer.refused()) {
			return new GiveUp(FailureClass.REFUSED,
					"The model or its filter declined to answer (finish reason '%s')".formatted(answer.finishReason()));
		}
		if (answer.message().hasToolCalls()) {
			return runTools(answer, steps, spent, budget);
		}
		if (answer.text().isBlank()) {
			return new GiveUp(FailureClass.INVALID_OUTPUT,
					"The model's answer is empty (finish reason '%s')".formatted(answer.finishReason()));
		}
		return new Answer(answer.text());
	}

	/**
	 * Tools run only if the model may still read what they gave.
	 */
	private static NextStep runTools(ModelAnswer answer, int steps, Usage spent, Budget budget) {
		if (steps >= budget.steps()) {
			return new GiveUp(FailureClass.BUDGET_SPENT,
					"No answer after %d model calls, which is the limit".formatted(steps));
		}
		if (spent.total() >= budget.tokens()) {
			return new GiveUp(FailureClass.BUDGET_SPENT,
					"No answer after %d tokens, and the limit is %d".formatted(spent.total(), budget.tokens()));
		}
		return new RunTools(answer.message());
	}

	/**
	 * Run the tools the model asks for, then call it again.
	 *
	 * @param message the model's message with the calls
	 */
	record RunTools(AssistantMessage message) implements NextStep {

	}

	/**
	 * End the turn with an answer.
	 *
	 * @param text the answer
	 */
	record Answer(String text) implements NextStep {

	}

	/**
	 * End the turn without an answer.
	 *
	 * @param failure what kind of failure
	 * @param detail what happened
	 */
	record GiveUp(FailureClass failure, String detail) implements NextStep {

	}

}
