package io.switchboard.ai;

import java.util.List;

import io.switchboard.AgentContext;
import io.switchboard.AgentPath;
import io.switchboard.Behaviour;
import io.switchboard.ai.turn.TurnCompleted;
import io.switchboard.ai.turn.TurnEvent;
import io.switchboard.ai.turn.TurnRequest;
import io.switchboard.ai.turn.TurnRunner;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.UserMessage;

/**
 * Leads a conversation turn by turn. It has no state of its own: all that outlives a turn
 * is in the conversation.
 */
final class ModelBehaviour implements Behaviour<TurnRequest> {

	private final TurnRunner runner;

	private final Conversations conversations;

	ModelBehaviour(TurnRunner runner, Conversations conversations) {
		this.runner = runner;
		this.conversations = conversations;
	}

	@Override
	public Flux<TurnEvent> onMessage(TurnRequest request, AgentContext<TurnRequest> context) {
		AgentPath path = context.path();
		return this.conversations.transcript(path)
			.flatMapMany((history) -> this.runner.run(request, history, context))
			.concatMap((event) -> remember(path, request, event));
	}

	/**
	 * Whoever hears that a turn is complete can rely on its being in the conversation.
	 */
	private Mono<TurnEvent> remember(AgentPath path, TurnRequest request, TurnEvent event) {
		if (event instanceof TurnCompleted completed) {
			return this.conversations
				.add(path, List.of(new UserMessage(request.input()), new AssistantMessage(completed.answer())))
				.thenReturn(event);
		}
		return Mono.just(event);
	}

}
