package io.switchboard.ai.turn;

import java.util.List;
import java.util.Objects;

import io.switchboard.ai.failure.FailureClass;
import io.switchboard.ai.failure.TurnFailure;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the final answer of a turn before anybody relies on it: whether it is in the
 * right language, in the right form, or says what it may say.
 * <p>
 * An objection is a failure like any other, of the class that the check gives it; by
 * default the model is told what is wrong and answers again. A client that streams has
 * seen the text by then, and is told that it is void.
 * <p>
 * With Spring Boot, beans of this type look at the answers of all agents that are made
 * from properties.
 * <p>
 * A check must not block. An exception that it throws is a failure of the class
 * {@link FailureClass#BUG}, about which the agent's ladder decides: by default the next
 * life goes on with the turn, and gives it up if that is no help.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface AnswerCheck {

	/**
	 * Look at an answer.
	 * @param answer the answer, not blank
	 * @return what is wrong with it, often {@link FailureClass#WRONG_LANGUAGE} or
	 * {@link FailureClass#INVALID_OUTPUT}, with a detail that tells the model how to do
	 * better; {@code null} if nothing is
	 */
	@Nullable TurnFailure check(String answer);

	/**
	 * Take every answer.
	 * @return a check that objects to nothing
	 */
	static AnswerCheck none() {
		return (answer) -> null;
	}

	/**
	 * Put checks together. The first that objects decides, and the others are not asked.
	 * @param checks the checks, in the order in which they are asked
	 * @return a check that is all of them
	 */
	static AnswerCheck of(List<? extends AnswerCheck> checks) {
		List<AnswerCheck> all = List.copyOf(Objects.requireNonNull(checks, "'checks' must not be null"));
		return all.isEmpty() ? none() : new AnswerChecks(all);
	}

}
