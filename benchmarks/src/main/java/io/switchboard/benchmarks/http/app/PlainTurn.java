package io.switchboard.benchmarks.http.app;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.http.codec.ServerSentEvent;

/**
 * Writes the events of one turn. Its calls come one after the other.
 */
final class PlainTurn {

	private final StringBuilder answer = new StringBuilder();

	private final String id;

	private final JsonMapper mapper;

	private long lastEvent;

	private int inputTokens;

	private int outputTokens;

	PlainTurn(String id, JsonMapper mapper) {
		this.id = id;
		this.mapper = mapper;
	}

	ServerSentEvent<String> started() {
		return event("turn-started", new Started(this.id));
	}

	@Nullable ServerSentEvent<String> token(ChatResponse response) {
		Usage usage = response.getMetadata().getUsage();
		this.inputTokens = Math.max(this.inputTokens, usage.getPromptTokens());
		this.outputTokens = Math.max(this.outputTokens, usage.getCompletionTokens());
		Generation result = response.getResult();
		String text = (result != null) ? result.getOutput().getText() : null;
		if (text == null || text.isEmpty()) {
			return null;
		}
		this.answer.append(text);
		return event("token", new Token(this.id, text));
	}

	ServerSentEvent<String> completed(Consumer<String> remember) {
		String text = this.answer.toString();
		remember.accept(text);
		return event("turn-completed",
				new Completed(this.id, text, new Tokens(this.inputTokens, this.outputTokens), 1));
	}

	private ServerSentEvent<String> event(String type, Object data) {
		return ServerSentEvent.builder(this.mapper.writeValueAsString(data))
			.id(Long.toString(++this.lastEvent))
			.event(type)
			.build();
	}

	private record Started(String turn) {

	}

	private record Token(String turn, String text) {

	}

	private record Tokens(int inputTokens, int outputTokens) {

	}

	private record Completed(String turn, String answer, Tokens usage, int steps) {

	}

}
