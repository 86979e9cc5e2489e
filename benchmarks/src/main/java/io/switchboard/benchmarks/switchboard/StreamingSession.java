package io.switchboard.benchmarks.switchboard;

import java.time.Duration;

import io.switchboard.AgentContext;
import io.switchboard.Behaviour;
import io.switchboard.benchmarks.works.Script;
import io.switchboard.benchmarks.works.SessionTurn;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * A session that answers one message with the tokens of its turn, as one that calls a
 * model does.
 */
final class StreamingSession implements Behaviour<StreamingSession.Begin> {

	private final Script script;

	StreamingSession(Script script) {
		this.script = script;
	}

	@Override
	public Publisher<?> onMessage(Begin message, AgentContext<Begin> context) {
		SessionTurn turn = new SessionTurn(this.script);
		Scheduler scheduler = context.scheduler();
		Flux<Delivery.Token> first = Flux.defer(() -> {
			turn.call();
			return tokens(turn, scheduler);
		});
		Mono<Delivery.Token> tool = Mono.delay(Duration.ofNanos(turn.toolNanos()), scheduler).then(Mono.empty());
		Flux<Delivery.Token> second = Flux.defer(() -> {
			turn.toolAnswered();
			return tokens(turn, scheduler);
		});
		return Flux.concat(first, tool, second);
	}

	private Flux<Delivery.Token> tokens(SessionTurn turn, Scheduler scheduler) {
		return Mono.defer(() -> Mono.delay(Duration.ofNanos(turn.untilDue()), scheduler))
			.map((tick) -> new Delivery.Token(turn.due(), turn.take()))
			.repeat(() -> turn.next() == SessionTurn.Next.TOKEN);
	}

	/**
	 * Begins a turn.
	 */
	enum Begin {

		BEGIN

	}

}
