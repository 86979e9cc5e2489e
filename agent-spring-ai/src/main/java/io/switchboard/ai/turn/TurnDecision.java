package io.switchboard.ai.turn;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What follows from an input.
 *
 * @param events what the client is told first
 * @param effect what is done then, or {@code null} if what is being done goes on
 */
record TurnDecision(List<TurnEvent> events, @Nullable TurnEffect effect) {

	private static final TurnDecision NOTHING = new TurnDecision(List.of(), null);

	TurnDecision {
		events = List.copyOf(events);
	}

	/**
	 * Nothing follows.
	 * @return the decision
	 */
	static TurnDecision nothing() {
		return NOTHING;
	}

	static TurnDecision tell(TurnEvent event) {
		return new TurnDecision(List.of(event), null);
	}

	static TurnDecision effect(TurnEffect effect) {
		return new TurnDecision(List.of(), effect);
	}

}
