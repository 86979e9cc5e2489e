package io.switchboard.test.model;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import org.assertj.core.api.AssertProvider;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage.ToolResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.tool.ToolCallback;

/**
 * A prompt as a {@link ScriptedChatModel} received it, with what tests ask about first.
 * <p>
 * You probably want {@code assertThat(model.lastPrompt())}, AssertJ's own, which gives a
 * {@link PromptAssert}.
 *
 * @param prompt the prompt; its list of messages is a copy, so what the caller adds to
 * its conversation later is not in it
 * @since 0.1.0
 */
public record ReceivedPrompt(Prompt prompt) implements AssertProvider<PromptAssert> {

	private static final int SHOWN = 200;

	public ReceivedPrompt {
		prompt = new Prompt(List.copyOf(prompt.getInstructions()), prompt.getOptions());
	}

	/**
	 * The messages, oldest first.
	 * @return the messages
	 */
	public List<Message> messages() {
		return this.prompt.getInstructions();
	}

	/**
	 * The text of the last user message.
	 * @return the text, empty without a user message
	 */
	public String lastUserText() {
		return Objects.requireNonNullElse(this.prompt.getUserMessage().getText(), "");
	}

	/**
	 * The text of the first system message.
	 * @return the text, empty without a system message
	 */
	public String systemText() {
		return Objects.requireNonNullElse(this.prompt.getSystemMessage().getText(), "");
	}

	/**
	 * The names of the tools that the prompt's options offer.
	 * @return the names, in the order offered
	 */
	public List<String> toolNames() {
		if (this.prompt.getOptions() instanceof ToolCallingChatOptions options) {
			// Options that were never given a tool have null here, whatever they declare
			return Objects.requireNonNullElse(options.getToolCallbacks(), List.<ToolCallback>of())
				.stream()
				.map((tool) -> tool.getToolDefinition().name())
				.toList();
		}
		return List.of();
	}

	/**
	 * The tool results in the prompt, oldest first.
	 * @return the results of all turns in the conversation
	 */
	public List<ToolResponse> toolResponses() {
		return messages().stream()
			.filter(ToolResponseMessage.class::isInstance)
			.flatMap((message) -> ((ToolResponseMessage) message).getResponses().stream())
			.toList();
	}

	/**
	 * For AssertJ.
	 * @return an assertion on this prompt
	 * @deprecated call AssertJ's {@code assertThat} with this prompt instead
	 */
	@Deprecated
	@Override
	public PromptAssert assertThat() {
		return new PromptAssert(this);
	}

	String describe() {
		return messages().stream()
			.map((message) -> message.getMessageType().getValue() + ": " + shorten(message.getText()))
			.collect(Collectors.joining("; ", "[", "]")) + " offering tools " + toolNames();
	}

	private static String shorten(@Nullable String text) {
		String shown = Objects.requireNonNullElse(text, "");
		return (shown.length() > SHOWN) ? shown.substring(0, SHOWN) + "..." : shown;
	}

}
