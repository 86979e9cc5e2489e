package io.switchboard.ai.turn;

import java.util.List;

import io.switchboard.ai.failure.FailureClass;
import io.switchboard.ai.failure.TurnFailure;
import io.switchboard.ai.tool.ToolOutcome;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One turn in one life of an agent, for those who watch.
 */
final class ObservedTurn {

	private final TurnObserver observer;

	private final ObservedPart turn;

	private ObservedPart call = ObservedPart.NONE;

	private String rung = TurnObserver.NO;

	ObservedTurn(TurnObserver observer, ObservedPart turn) {
		this.observer = observer;
		this.turn = turn;
	}

	Flux<TurnEvent> around(Flux<TurnEvent> events) {
		if (this.turn == ObservedPart.NONE) {
			return events;
		}
		return this.turn.around(events.doOnNext(this::last).doOnComplete(this.turn::end), ObservedPart.CRASHED);
	}

	/**
	 * Clients may leave with the last event and not wait for the end.
	 */
	private void last(TurnEvent event) {
		if (event instanceof TurnFailed failed) {
			this.turn.failed(failure(failed.failure()));
		}
		if (event.last()) {
			this.turn.end();
		}
	}

	private static TurnFailure failure(String id) {
		return TurnFailure.of(FailureClass.of(id));
	}

	/**
	 * Observe a call of the model. It is over with what was decided about its answer,
	 * because an answer may be of no use.
	 * @param pieces what comes of the call
	 * @param <T> the type of the pieces
	 * @return the pieces
	 * @see #happened
	 */
	<T> Flux<T> model(Flux<T> pieces) {
		return !this.observer.isOn() ? pieces : Flux.deferContextual((around) -> {
			this.call = this.observer.beginModel(this.rung, around);
			return this.call.around(pieces, ObservedPart.FAILED);
		});
	}

	/**
	 * Observe a call of a tool.
	 * @param name the tool's name, which is one of a few
	 * @param call makes the call
	 * @return what came of it
	 */
	Mono<ToolOutcome> tool(String name, Mono<ToolOutcome> call) {
		return !this.observer.isOn() ? call : Flux.<ToolOutcome>deferContextual((around) -> {
			ObservedPart step = this.observer.beginTool(name, this.rung, around);
			return step.around(call.flux().doOnNext((outcome) -> {
				if (outcome instanceof ToolOutcome.Failed failed) {
					step.failed(failed.failure());
				}
				step.end();
			}), ObservedPart.FAILED);
		}).next();
	}

	/**
	 * Something happened in the turn.
	 * @param input what happened
	 * @param events what clients are told of what followed
	 */
	void happened(TurnInput input, List<TurnEvent> events) {
		if (input instanceof TurnInput.Answered answered) {
			ModelAnswer answer = answered.answer();
			this.observer.tell((listener) -> listener.answered(this.observer.agent(), answer.usage(), answer.cost()));
		}
		else if (input instanceof TurnInput.Compacted summed && summed.usage().total() > 0) {
			this.observer.tell((listener) -> listener.answered(this.observer.agent(), summed.usage(), summed.cost()));
		}
		for (TurnEvent event : events) {
			if (event instanceof Recovering recovering && !recovering.failure().equals(Recovering.PROCESS_ENDED)) {
				this.call.failed(failure(recovering.failure()));
				this.observer.tell((listener) -> listener.recovering(this.observer.agent(), recovering));
			}
			else if (event instanceof TurnFailed failed) {
				this.call.failed(failure(failed.failure()));
			}
		}
		this.call.end();
		this.call = ObservedPart.NONE;
	}

	/**
	 * What is done about the last failure, from here on.
	 * @param recovering what clients were told, or {@code null} if the turn has got on
	 */
	void recovering(@Nullable Recovering recovering) {
		this.rung = (recovering != null) ? recovering.rung() : TurnObserver.NO;
	}

}
