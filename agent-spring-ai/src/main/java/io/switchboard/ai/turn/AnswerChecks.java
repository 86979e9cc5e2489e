package io.switchboard.ai.turn;

import java.util.List;

import io.switchboard.ai.failure.TurnFailure;
import org.jspecify.annotations.Nullable;

/**
 * Checks of one answer, of which the first that objects decides.
 *
 * @param checks the checks
 */
record AnswerChecks(List<AnswerCheck> checks) implements AnswerCheck {

	@Override
	public @Nullable TurnFailure check(String answer) {
		for (AnswerCheck check : this.checks) {
			TurnFailure objection = check.check(answer);
			if (objection != null) {
				return objection;
			}
		}
		return null;
	}

}
