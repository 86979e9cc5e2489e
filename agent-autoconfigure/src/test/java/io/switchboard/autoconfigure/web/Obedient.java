package io.switchboard.autoconfigure.web;

import io.switchboard.AgentContext;
import io.switchboard.Behaviour;
import io.switchboard.RequestFailedException;
import io.switchboard.ai.turn.Token;
import io.switchboard.ai.turn.ToolCall;
import io.switchboard.ai.turn.ToolResult;
import io.switchboard.ai.turn.TurnCompleted;
import io.switchboard.ai.turn.TurnEvent;
import io.switchboard.ai.turn.TurnFailed;
import io.switchboard.ai.turn.TurnRequest;
import io.switchboard.ai.turn.TurnStarted;
import io.switchboard.ai.turn.Usage;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/**
 * An agent that takes turns and does what the input says.
 */
final class Obedient implements Behaviour<TurnRequest> {

	private final Gates gates;

	private int turns;

	Obedient(Gates gates) {
		this.gates = gates;
	}

	@Override
	public Publisher<?> onMessage(TurnRequest message, AgentContext<TurnRequest> context) {
		this.turns++;
		String turn = message.turn();
		String[] words = message.input().split(" ", 2);
		String rest = (words.length > 1) ? words[1] : "";
		Flux<TurnEvent> started = Flux.just(new TurnStarted(turn));
		return switch (words[0]) {
			case "say" -> started.concatWith(tokens(turn, rest)).concatWithValues(completed(turn, rest));
			case "count" -> started.concatWithValues(completed(turn, context.incarnation() + "/" + this.turns));
			case "tool" -> started.concatWithValues(new ToolCall(turn, "c1", "orders", "{\"id\": 7}"),
					new ToolResult(turn, "c1", "orders", "sent"), completed(turn, "It was sent."));
			case "many" -> started
				.concatWith(Flux.range(1, Integer.parseInt(rest)).map((i) -> new Token(turn, "token number " + i)))
				.concatWithValues(completed(turn, "done"));
			case "wait" -> started.concatWith(this.gates.pass(rest).thenMany(Flux.empty()))
				.concatWithValues(completed(turn, "waited for " + rest));
			case "crash" -> started.concatWith(Flux.error(new IllegalStateException("order of Ms Smith")));
			case "crash-at-once" -> throw new IllegalStateException("order of Ms Smith");
			case "fail" -> started.concatWithValues(new TurnFailed(turn, rest, "key sk-4711 is used up"));
			case "decline" -> Flux.error(new RequestFailedException("Orders are answered on weekdays only"));
			case "empty" -> started;
			case "stray" -> Flux.just("no event of a turn");
			default -> throw new IllegalArgumentException("Cannot do '" + words[0] + "'");
		};
	}

	private static Flux<TurnEvent> tokens(String turn, String text) {
		return Flux.fromArray(text.split("(?<= )")).map((part) -> new Token(turn, part));
	}

	private static TurnCompleted completed(String turn, String answer) {
		return new TurnCompleted(turn, answer, new Usage(11, 7), 2);
	}

}
