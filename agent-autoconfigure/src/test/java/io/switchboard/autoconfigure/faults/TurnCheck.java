package io.switchboard.autoconfigure.faults;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.switchboard.ai.turn.AwaitingApproval;
import io.switchboard.ai.turn.Recovering;
import io.switchboard.ai.turn.Token;
import io.switchboard.ai.turn.ToolCall;
import io.switchboard.ai.turn.ToolResult;
import io.switchboard.ai.turn.TurnCompleted;
import io.switchboard.ai.turn.TurnEvent;
import io.switchboard.ai.turn.TurnStarted;

/**
 * Looks at the events that the client of one turn is shown.
 */
final class TurnCheck {

	private final List<TurnEvent> events = new ArrayList<>();

	synchronized void see(TurnEvent event) {
		this.events.add(event);
	}

	/**
	 * What is wrong with the turn.
	 * @param turn the turn
	 * @param whole whether the client has heard the turn out
	 * @return a complaint each
	 */
	synchronized List<String> complaints(String turn, boolean whole) {
		List<String> result = new ArrayList<>();
		Set<String> tokens = new HashSet<>();
		Set<String> called = new HashSet<>();
		Set<String> answered = new HashSet<>();
		int attempts = 0;
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < this.events.size(); i++) {
			TurnEvent event = this.events.get(i);
			complain(result, !event.turn().equals(turn), "is told of another turn", event);
			complain(result, (event instanceof TurnStarted) != (i == 0), "does not begin once", event);
			complain(result, event.last() && i < this.events.size() - 1, "ends before its end", event);
			if (event instanceof Token token) {
				complain(result, !tokens.add(token.text()), "shows a token twice", event);
				complain(result, !FaultyModel.turnOf(token.text()).equals(turn), "shows another turn's token", event);
				text.append(token.text());
			}
			else if (event instanceof Recovering || event instanceof ToolResult) {
				text.setLength(0);
			}
			if (event instanceof Recovering recovering) {
				complain(result, recovering.attempt() != ++attempts, "misses an attempt to recover", event);
			}
			else if (event instanceof ToolResult of) {
				complain(result, !answered.add(of.call()), "has two results of one call", event);
				complain(result, !called.contains(of.call()), "has a result of no call", event);
			}
			else if (event instanceof AwaitingApproval asked && asked.tool() != null) {
				called.add(asked.call());
			}
			else if (event instanceof ToolCall call) {
				called.add(call.call());
				complain(result, answered.contains(call.call()), "calls after the result", event);
			}
			else if (event instanceof TurnCompleted completed) {
				complain(result, !answered.containsAll(called), "misses a result", event);
				complain(result, !text.toString().equals(completed.answer()), "shows other tokens than its answer",
						event);
			}
		}
		complain(result, whole && !isOver(), "has no end", "");
		return result;
	}

	/**
	 * What is wrong with a turn whose client is told nothing but its end.
	 * @return a complaint each
	 */
	synchronized List<String> complaintsOfAsker() {
		List<String> result = new ArrayList<>();
		complain(result, this.events.size() != 1 || !isOver(), "does not end once", "");
		return result;
	}

	private boolean isOver() {
		return !this.events.isEmpty() && this.events.get(this.events.size() - 1).last();
	}

	private static void complain(List<String> complaints, boolean wrong, String what, Object where) {
		if (wrong) {
			complaints.add((what + " " + where).strip());
		}
	}

	@Override
	public synchronized String toString() {
		return this.events.toString();
	}

}
