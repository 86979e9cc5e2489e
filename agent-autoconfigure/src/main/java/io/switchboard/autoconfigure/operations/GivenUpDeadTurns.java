package io.switchboard.autoconfigure.operations;

import java.util.List;

import io.switchboard.AgentPath;
import io.switchboard.SendResult;
import io.switchboard.ai.turn.GivenUpTurn;
import io.switchboard.ai.turn.GivenUpTurns;
import io.switchboard.ai.turn.TurnRequest;
import io.switchboard.runtime.AgentSystem;
import org.jspecify.annotations.Nullable;

/**
 * The turns of model agents.
 */
final class GivenUpDeadTurns implements DeadTurns {

	private final AgentSystem system;

	private final GivenUpTurns turns;

	GivenUpDeadTurns(AgentSystem system, GivenUpTurns turns) {
		this.system = system;
		this.turns = turns;
	}

	@Override
	public List<DeadTurn> all() {
		return this.turns.all()
			.stream()
			.map((turn) -> new DeadTurn(turn.agent(), turn.request().turn(), turn.incarnation(), turn.failure().id(),
					turn.detail(), turn.request().input(), turn.at()))
			.toList();
	}

	@Override
	public boolean drop(AgentPath agent, String turn) {
		return this.turns.take(agent, turn) != null;
	}

	@Override
	public @Nullable SendResult replay(AgentPath agent, String turn) {
		GivenUpTurn taken = this.turns.take(agent, turn);
		if (taken == null) {
			return null;
		}
		SendResult result = this.system.agent(agent, TurnRequest.class).tell(taken.request());
		if (!result.isAccepted()) {
			this.turns.add(taken);
		}
		return result;
	}

}
