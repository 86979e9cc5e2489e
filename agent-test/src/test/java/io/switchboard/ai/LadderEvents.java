package io.switchboard.ai;

import java.util.ArrayList;
import java.util.List;

import io.switchboard.ai.turn.Recovering;
import io.switchboard.ai.turn.Token;
import io.switchboard.ai.turn.ToolCall;
import io.switchboard.ai.turn.ToolResult;
import io.switchboard.ai.turn.TurnCompleted;
import io.switchboard.ai.turn.TurnEvent;
import io.switchboard.ai.turn.TurnFailed;

/**
 * Writes the events of a turn in lines that can be compared, the same for all providers:
 * calls of tools are numbered in the order in which they come.
 */
final class LadderEvents {

	private final List<String> calls = new ArrayList<>();

	private LadderEvents() {
	}

	static List<String> of(List<TurnEvent> events) {
		LadderEvents lines = new LadderEvents();
		return events.stream().map(lines::line).toList();
	}

	static String of(TurnEvent event) {
		return new LadderEvents().line(event);
	}

	private String line(TurnEvent event) {
		return event.type() + detail(event);
	}

	private String detail(TurnEvent event) {
		if (event instanceof Token token) {
			return " " + token.text();
		}
		if (event instanceof Recovering recovering) {
			return " %s %s %d".formatted(recovering.failure(), recovering.rung(), recovering.attempt());
		}
		if (event instanceof ToolCall call) {
			this.calls.add(call.call());
			return " %d %s(%s)".formatted(this.calls.size(), call.tool(), call.arguments());
		}
		if (event instanceof ToolResult result) {
			return " %d %s".formatted(this.calls.indexOf(result.call()) + 1, result.result());
		}
		if (event instanceof TurnFailed failed) {
			return " " + failed.failure();
		}
		return (event instanceof TurnCompleted completed) ? " " + completed.answer() : "";
	}

}
