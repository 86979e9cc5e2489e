package io.switchboard.benchmarks.http.app;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import reactor.core.publisher.Flux;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Answers turns with events of the same shape as the agents' routes have.
 */
@RestController
class PlainController {

	static final String INSTRUCTIONS = "You answer for the shop. Look up what you do not know.";

	private final ConcurrentMap<String, List<Message>> conversations = new ConcurrentHashMap<>();

	private final ChatClient client;

	private final JsonMapper mapper;

	PlainController(ChatClient.Builder client, ToolCallback lookup, JsonMapper mapper) {
		this.client = client.defaultSystem(INSTRUCTIONS).defaultTools(lookup).build();
		this.mapper = mapper;
	}

	@PostMapping(path = "/agents/support/{session}/turns", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Flux<ServerSentEvent<String>> turn(@PathVariable String session, @RequestBody Input input) {
		PlainTurn turn = new PlainTurn(UUID.randomUUID().toString(), this.mapper);
		Flux<ServerSentEvent<String>> tokens = this.client.prompt()
			.messages(this.conversations.getOrDefault(session, List.of()))
			.user(input.input())
			.stream()
			.chatResponse()
			.mapNotNull(turn::token);
		return Flux.concat(Flux.just(turn.started()), tokens,
				Flux.defer(() -> Flux.just(turn.completed((answer) -> remember(session, input, answer)))));
	}

	private void remember(String session, Input input, String answer) {
		this.conversations.merge(session, List.of(new UserMessage(input.input()), new AssistantMessage(answer)),
				(before, more) -> {
					List<Message> all = new ArrayList<>(before);
					all.addAll(more);
					return List.copyOf(all);
				});
	}

	/**
	 * The body of a request.
	 *
	 * @param input what the user says
	 */
	record Input(String input) {

	}

}
