package com.example.helpdesk.rehearsal;

import java.util.Objects;

import reactor.core.publisher.Flux;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;

/**
 * A chat model made of rules, for trying out the help desk with no key and no server. It
 * behaves like a provider's model: it streams word by word, asks for the tools that the
 * prompt offers, remembers what the prompt's messages hold and nothing else, and fails
 * when asked to (see {@link Fault} for the words). The same prompt always gets the same
 * answer.
 * <p>
 * It understands a handful of wishes (see {@link Intent}), says in its first answer what
 * it is, and says that it does not know where it does not.
 */
public class RehearsalChatModel implements ChatModel {

	static final String NAME = "rehearsal";

	private final Pace pace;

	private final boolean obedient;

	/**
	 * Make a model.
	 * @param pace how fast it speaks
	 * @param obedient whether it fails when asked to
	 */
	RehearsalChatModel(Pace pace, boolean obedient) {
		this.pace = pace;
		this.obedient = obedient;
	}

	@Override
	public ChatOptions getOptions() {
		return ToolCallingChatOptions.builder().model(NAME).build();
	}

	/**
	 * Answer word by word. Cancelling ends the answer at once.
	 * @param prompt the conversation so far, and the tools on offer
	 * @return the pieces of the reply, at the model's pace
	 */
	@Override
	public Flux<ChatResponse> stream(Prompt prompt) {
		return Flux.defer(() -> {
			Conversation conversation = Conversation.of(prompt);
			Fault fault = this.obedient ? Fault.in(conversation.question()) : Fault.NONE;
			AssistantMessage reply = reply(conversation, fault);
			return fault.play(Chunks.of(reply, TokenCount.of(prompt, reply)), this.pace);
		});
	}

	/**
	 * Answer in one piece. As with a provider's model the caller's thread waits for as
	 * long as the answer takes, and interrupting it ends the wait: prefer
	 * {@link #stream(Prompt)}.
	 * @param prompt the conversation so far, and the tools on offer
	 * @return the whole reply
	 */
	@Override
	public ChatResponse call(Prompt prompt) {
		return Objects.requireNonNull(stream(prompt).collectList().map(Chunks::join).block());
	}

	private AssistantMessage reply(Conversation conversation, Fault fault) {
		Rules rules = Rules.of(conversation);
		if (fault == Fault.MALFORMED && conversation.toolRounds() == 0) {
			AssistantMessage reply = rules.reply(conversation);
			return reply.hasToolCalls() ? ToolRequest.malformed(reply) : reply;
		}
		if (fault == Fault.MALFORMED && conversation.toolRounds() == 1) {
			return rules.reply(conversation.withoutResults());
		}
		return rules.reply(conversation);
	}

}
