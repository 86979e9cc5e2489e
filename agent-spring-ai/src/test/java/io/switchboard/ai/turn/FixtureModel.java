package io.switchboard.ai.turn;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;

import reactor.core.publisher.Flux;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;

/**
 * A model that answers what it was told to, in that order, and keeps what it was asked.
 */
public final class FixtureModel implements ChatModel {

	private final Queue<Flux<ChatResponse>> answers = new ArrayDeque<>();

	private final List<Prompt> prompts = new CopyOnWriteArrayList<>();

	public FixtureModel answers(Flux<ChatResponse> answer) {
		this.answers.add(answer);
		return this;
	}

	public FixtureModel says(String... pieces) {
		return answers(Flux
			.fromIterable(Arrays.stream(pieces).map((piece) -> response(new AssistantMessage(piece))).toList()));
	}

	public FixtureModel calls(AssistantMessage.ToolCall... calls) {
		return answers(Flux.just(response(AssistantMessage.builder().content("").toolCalls(List.of(calls)).build())));
	}

	public static AssistantMessage.ToolCall call(String id, String tool, String arguments) {
		return new AssistantMessage.ToolCall(id, "function", tool, arguments);
	}

	public static ChatResponse response(AssistantMessage message) {
		return new ChatResponse(
				List.of(new Generation(message, ChatGenerationMetadata.builder().finishReason("STOP").build())),
				ChatResponseMetadata.builder().model("fixture-2026-11-01").usage(new DefaultUsage(10, 2)).build());
	}

	public List<Message> messagesOfCall(int call) {
		return this.prompts.get(call).getInstructions();
	}

	public List<Prompt> prompts() {
		return this.prompts;
	}

	@Override
	public ChatOptions getOptions() {
		return ToolCallingChatOptions.builder().build();
	}

	@Override
	public Flux<ChatResponse> stream(Prompt prompt) {
		this.prompts.add(prompt);
		return Objects.requireNonNull(this.answers.poll(), "one model call too many");
	}

	@Override
	public ChatResponse call(Prompt prompt) {
		throw new UnsupportedOperationException("an agent streams");
	}

}
