package io.switchboard.test.model;

import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/**
 * Assertions on a {@link ScriptedChatModel}. Get one from AssertJ's {@code assertThat}.
 *
 * @since 0.1.0
 */
public final class ScriptedChatModelAssert extends AbstractAssert<ScriptedChatModelAssert, ScriptedChatModel> {

	ScriptedChatModelAssert(ScriptedChatModel actual) {
		super(actual, ScriptedChatModelAssert.class);
	}

	/**
	 * Expects a number of calls, running ones included.
	 * @param expected how many
	 * @return this assertion
	 */
	public ScriptedChatModelAssert wasCalledTimes(int expected) {
		Assertions.assertThat(this.actual.prompts()).as("calls of the model").hasSize(expected);
		return this;
	}

	/**
	 * Expects that no step is left over. Repeated steps are never left over.
	 * @return this assertion
	 */
	public ScriptedChatModelAssert hasUsedItsScript() {
		Assertions.assertThat(this.actual.stepsLeft()).as("steps left in the script").isZero();
		return this;
	}

	/**
	 * Expects how the calls stand.
	 * @param expected the outcomes, oldest call first
	 * @return this assertion
	 */
	public ScriptedChatModelAssert hasOutcomes(CallOutcome... expected) {
		Assertions.assertThat(this.actual.calls())
			.as("outcomes of the calls")
			.extracting(ScriptedCall::outcome)
			.containsExactly(expected);
		return this;
	}

	/**
	 * Goes on with the prompt of the latest call.
	 * @return an assertion on the prompt
	 */
	public PromptAssert lastPrompt() {
		return new PromptAssert(this.actual.lastPrompt());
	}

	/**
	 * Goes on with the prompt of one call.
	 * @param call the number of the call, 1 for the first
	 * @return an assertion on the prompt
	 */
	public PromptAssert prompt(int call) {
		Assertions.assertThat(this.actual.prompts()).as("calls of the model").hasSizeGreaterThanOrEqualTo(call);
		return new PromptAssert(this.actual.prompts().get(call - 1));
	}

}
