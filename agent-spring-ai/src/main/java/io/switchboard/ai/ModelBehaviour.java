package io.switchboard.ai;

import io.switchboard.AgentContext;
import io.switchboard.Behaviour;
import io.switchboard.ai.turn.TurnEvent;
import io.switchboard.ai.turn.TurnRequest;
import io.switchboard.ai.turn.TurnRunner;
import reactor.core.publisher.Flux;

/**
 * Leads a conversation turn by turn. It has no state of its own: all that outlives a turn
 * is in the conversation, and all that outlives a life in the middle of one is with the
 * runner.
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
		return this.runner.run(request, this.conversations.of(context.path()), context);
	}

}
