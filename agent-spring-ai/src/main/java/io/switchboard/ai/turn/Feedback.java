package io.switchboard.ai.turn;

import io.switchboard.ai.failure.FailureClass;
import io.switchboard.ai.failure.TurnFailure;

/**
 * What a model is told about what it did wrong.
 */
final class Feedback {

	private Feedback() {
	}

	/**
	 * Say what is wrong with an answer.
	 * @param failure what is wrong
	 * @return the next message of the conversation
	 */
	static String onAnswer(TurnFailure failure) {
		return "Your last answer cannot be used: %s. Answer the question again, without mentioning this."
			.formatted(failure.detail());
	}

	/**
	 * Say why a tool was not called.
	 * @param failure what is wrong with the call
	 * @return the tool's response
	 */
	static String onCall(TurnFailure failure) {
		return (failure.failure() == FailureClass.LOOP)
				? "This tool was not called: it gave the same each time you called it with these arguments. "
						+ "Call it with others, do something else, or answer with what you know."
				: "This tool was not called: %s. Do something else, or answer with what you know."
					.formatted(failure.detail());
	}

	/**
	 * Say that a person does not want a call.
	 * @param reason why, may be blank
	 * @return the tool's response
	 */
	static String onRejection(String reason) {
		return "A person was asked and declined this call, so it was not made%s. Do not make it again unless asked to."
			.formatted(reason.isBlank() ? "" : ": " + reason.strip());
	}

	/**
	 * Say that nobody knows how far a call came.
	 * @param tool the tool
	 * @return the tool's response
	 */
	static String onCutOff(String tool) {
		return "The call of tool '%s' was cut off. It may have done its work or not, and was not repeated. "
			.formatted(tool) + "Find out before you call it again, or tell the user.";
	}

}
