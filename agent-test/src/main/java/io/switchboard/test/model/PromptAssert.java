package io.switchboard.test.model;

import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ListAssert;

import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.ToolResponseMessage.ToolResponse;

/**
 * Assertions on a {@link ReceivedPrompt}. Get one from AssertJ's {@code assertThat}.
 *
 * @since 0.1.0
 */
public final class PromptAssert extends AbstractAssert<PromptAssert, ReceivedPrompt> {

	PromptAssert(ReceivedPrompt actual) {
		super(actual, PromptAssert.class);
	}

	/**
	 * Expects the text of the last user message.
	 * @param expected the whole text
	 * @return this assertion
	 */
	public PromptAssert hasLastUserText(String expected) {
		lastUserText().isEqualTo(expected);
		return this;
	}

	/**
	 * Expects the text of the first system message.
	 * @param expected the whole text
	 * @return this assertion
	 */
	public PromptAssert hasSystemText(String expected) {
		systemText().isEqualTo(expected);
		return this;
	}

	/**
	 * Expects exactly these tools, in any order.
	 * @param names the names of the tools
	 * @return this assertion
	 */
	public PromptAssert offersTools(String... names) {
		toolNames().containsExactlyInAnyOrder(names);
		return this;
	}

	/**
	 * Expects a prompt without tools.
	 * @return this assertion
	 */
	public PromptAssert offersNoTools() {
		toolNames().isEmpty();
		return this;
	}

	/**
	 * Goes on with the text of the last user message.
	 * @return an assertion on the text
	 */
	public AbstractStringAssert<?> lastUserText() {
		return Assertions.assertThat(this.actual.lastUserText()).as("last user text of %s", this.actual.describe());
	}

	/**
	 * Goes on with the text of the first system message.
	 * @return an assertion on the text
	 */
	public AbstractStringAssert<?> systemText() {
		return Assertions.assertThat(this.actual.systemText()).as("system text of %s", this.actual.describe());
	}

	/**
	 * Goes on with the names of the tools offered.
	 * @return an assertion on the names
	 */
	public ListAssert<String> toolNames() {
		return Assertions.assertThat(this.actual.toolNames()).as("tools offered by %s", this.actual.describe());
	}

	/**
	 * Goes on with the messages.
	 * @return an assertion on the messages, oldest first
	 */
	public ListAssert<Message> messages() {
		return Assertions.assertThat(this.actual.messages()).as("messages");
	}

	/**
	 * Goes on with the tool results in the prompt.
	 * @return an assertion on the results, oldest first
	 */
	public ListAssert<ToolResponse> toolResponses() {
		return Assertions.assertThat(this.actual.toolResponses()).as("tool results in %s", this.actual.describe());
	}

}
