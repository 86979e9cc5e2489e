package io.switchboard.autoconfigure.web;

import java.time.Duration;
import java.util.function.Consumer;

import io.switchboard.AgentExitedException;
import io.switchboard.MessageRejectedException;
import io.switchboard.ai.turn.TurnCancelled;
import io.switchboard.ai.turn.TurnCompleted;
import io.switchboard.ai.turn.TurnEvent;
import io.switchboard.ai.turn.TurnFailed;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.ContextView;

/**
 * The owner of one turn: it holds the subscription to the agent, so the turn runs on when
 * those who read it go, and ends for all of them when somebody cancels it.
 */
final class RunningTurn {

	/**
	 * How long the end of a turn waits for the restart of the agent that crashed in it.
	 */
	private static final Duration RESTART_GRACE = Duration.ofSeconds(2);

	private final Disposable.Swap subscription = Disposables.swap();

	private final Sinks.Empty<Void> begun = Sinks.empty();

	private final Sinks.One<TurnCompleted> answer = Sinks.one();

	private final String id;

	private final SessionFeed feed;

	private final Broadcast broadcast;

	private final Problems problems;

	private final Scheduler scheduler;

	private final Consumer<RunningTurn> whenEnded;

	private volatile boolean rejected;

	/**
	 * Make a turn that has not begun.
	 * @param id the turn's id
	 * @param feed numbers its events
	 * @param broadcast hands them to its readers
	 * @param problems tells what went wrong
	 * @param scheduler serves those who wait
	 * @param whenEnded called once when the turn has ended
	 */
	RunningTurn(String id, SessionFeed feed, Broadcast broadcast, Problems problems, Scheduler scheduler,
			Consumer<RunningTurn> whenEnded) {
		this.id = id;
		this.feed = feed;
		this.broadcast = broadcast;
		this.problems = problems;
		this.scheduler = scheduler;
		this.whenEnded = whenEnded;
	}

	String id() {
		return this.id;
	}

	Broadcast broadcast() {
		return this.broadcast;
	}

	/**
	 * Send the turn to the agent. To be called once.
	 * @param source the agent's events
	 * @param context what the agent may see of the request
	 */
	void start(Flux<TurnEvent> source, ContextView context) {
		try {
			this.subscription.update(source.onErrorResume(AgentExitedException.class, this::awaitRestart)
				.contextWrite(context)
				.subscribe(this::next, this::fail, this::endWithoutAnswer));
		}
		catch (RuntimeException ex) {
			// a template that specifies the session's agent runs while subscribing
			fail(ex);
		}
	}

	private Flux<TurnEvent> awaitRestart(AgentExitedException exited) {
		Mono<Void> restart = exited.reason().isAbnormal() ? this.feed.nextLife(exited.incarnation(), RESTART_GRACE)
				: Mono.empty();
		return restart.thenMany(Flux.error(exited));
	}

	private void next(TurnEvent event) {
		if (event instanceof TurnCompleted completed) {
			if (this.feed.send(this, completed)) {
				this.begun.tryEmitEmpty();
				this.answer.tryEmitValue(completed);
				this.whenEnded.accept(this);
			}
		}
		else if (event instanceof TurnFailed failed) {
			ProblemException problem = this.problems.of(failed).with("turn", this.id);
			end(new TurnFailed(this.id, failed.failure(), problem.detail()), problem);
		}
		else if (this.feed.send(this, event)) {
			this.begun.tryEmitEmpty();
		}
	}

	private void fail(Throwable failure) {
		this.rejected = failure instanceof MessageRejectedException
				|| failure.getCause() instanceof MessageRejectedException;
		ProblemException problem = this.problems.of(failure).with("turn", this.id);
		end(new TurnFailed(this.id, problem.type().id(), problem.detail()), problem);
	}

	private void endWithoutAnswer() {
		fail(new ProblemException(ProblemType.NO_ANSWER,
				"The agent ended the turn without an answer. It is ready for the next."));
	}

	private void end(TurnEvent last, ProblemException problem) {
		if (this.feed.send(this, last)) {
			this.begun.tryEmitError(problem);
			this.answer.tryEmitError(problem);
			this.whenEnded.accept(this);
		}
	}

	/**
	 * Give the turn up, down to the connection to the model's provider.
	 */
	void cancel() {
		end(new TurnCancelled(this.id),
				new ProblemException(ProblemType.TURN_CANCELLED,
						"The turn was cancelled before it had an answer. The conversation is as it was before.")
					.with("turn", this.id));
		this.subscription.dispose();
	}

	/**
	 * Wait until it is known whether the agent takes the turn.
	 * @return completes with the first event; fails with a {@link ProblemException} if
	 * the turn failed before
	 */
	Mono<Void> begun() {
		return this.begun.asMono().publishOn(this.scheduler);
	}

	/**
	 * Read the turn's events, from the first as far as they are remembered.
	 * @return the events until the turn ends
	 */
	Flux<FeedEvent> events() {
		return this.broadcast.events();
	}

	/**
	 * Read the turn's events as the only one who ever will, so that they need not be
	 * remembered any longer.
	 * @return the events until the turn ends, for one subscriber
	 */
	Flux<FeedEvent> eventsForOne() {
		return Flux.defer(() -> {
			Flux<FeedEvent> events = this.broadcast.join();
			this.broadcast.forget();
			return events;
		});
	}

	/**
	 * Wait for the answer.
	 * @return the answer; fails with a {@link ProblemException} if there is none
	 */
	Mono<TurnCompleted> answer() {
		return this.answer.asMono().publishOn(this.scheduler);
	}

	/**
	 * Whether the turn ended because the agent did not take it, so that trying again is
	 * safe.
	 * @return {@code true} if so
	 */
	boolean isRejected() {
		return this.rejected;
	}

}
