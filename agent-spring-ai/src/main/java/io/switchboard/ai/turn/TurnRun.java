package io.switchboard.ai.turn;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import io.switchboard.AgentPath;
import io.switchboard.ai.approval.ApprovalRequest;
import io.switchboard.ai.failure.Causes;
import io.switchboard.ai.failure.FailureClass;
import io.switchboard.ai.failure.TurnFailure;
import io.switchboard.ai.failure.TurnFailureException;
import io.switchboard.ai.tool.CallMeter;
import io.switchboard.ai.tool.ToolOffer;
import io.switchboard.ai.tool.ToolStep;
import io.switchboard.ai.turn.OpenTurns.OpenTurn;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.model.MessageAggregator;

/**
 * One turn under way in one life of an agent: does what the {@link TurnMachine} wants
 * done, writes down what came of it, and tells the machine. An instance is used once, and
 * its signals come one after the other, so its fields need no protection.
 */
final class TurnRun {

	private static final Logger logger = LoggerFactory.getLogger(TurnRun.class);

	/**
	 * Models make names up, and those who watch count by names.
	 */
	private static final String UNKNOWN_TOOL = "unknown";

	/**
	 * How often a conversation is tried again before the turn is given up.
	 */
	private static final int STORE_RETRIES = 3;

	private final TurnRequest request;

	private final TurnMeans means;

	private final TurnMachine machine;

	private final OpenTurn record;

	private final TurnPlaces places;

	private final ShownTurn shown;

	/**
	 * The call of a tool that has asked for the turn.
	 */
	private final @Nullable CallMeter caller;

	private final MeteredCalls calls = new MeteredCalls(this::pause, this::unpause);

	private @Nullable TurnEffect effect;

	/**
	 * What was thrown last that is no failure of a provider.
	 */
	private @Nullable Throwable bug;

	private boolean paused;

	private boolean over;

	TurnRun(TurnRequest request, TurnMeans means, TurnMachine machine, OpenTurn record, TurnPlaces places,
			@Nullable CallMeter caller) {
		this.request = request;
		this.means = means;
		this.machine = machine;
		this.record = record;
		this.places = places;
		this.shown = new ShownTurn(means.context(), record, machine.maxAttempts());
		this.caller = caller;
	}

	/**
	 * Begin the turn on subscription.
	 * @return its events; an error is a bug, or the wish of a ladder, and has to crash
	 * the agent
	 */
	Flux<TurnEvent> begin() {
		return Mono.defer(() -> this.means.conversation().read())
			.retryWhen(again())
			.map((history) -> Flux.defer(() -> feed(new TurnInput.Begun(this.means.window().of(history), now()))))
			.onErrorResume((ex) -> Mono.just(away(ex, new TurnStarted(this.request.turn()))))
			.flatMapMany(Function.identity())
			.concatWith(goOn())
			.doFinally((signal) -> this.shown.over());
	}

	/**
	 * Go on with the turn on subscription, in the life after the one that was cut off.
	 * @return the events from here on
	 */
	Flux<TurnEvent> resume() {
		return Flux.defer(() -> {
			try {
				for (TurnInput input : this.record.inputs()) {
					this.machine.handle(input);
				}
			}
			catch (RuntimeException ex) {
				return giveUp(ex);
			}
			this.means.observed().recovering(this.machine.recovering());
			// The life before has told of these
			this.machine.takeNear();
			return feed(new TurnInput.Resumed());
		}).concatWith(goOn()).doFinally((signal) -> this.shown.over());
	}

	/**
	 * What happened in the turn cannot be followed, which would crash each life to come.
	 */
	private Flux<TurnEvent> giveUp(RuntimeException ex) {
		this.bug = ex;
		TurnFailure failure = TurnFailure.of(FailureClass.BUG,
				"Nobody can go on with the turn, as what happened in it does not fit together (%s)"
					.formatted(ex.getClass().getName()));
		this.effect = new TurnEffect.End(failure);
		return Flux.just(new TurnFailed(this.request.turn(), failure.failure().id(), failure.detail()));
	}

	private long now() {
		return this.means.context().scheduler().now(TimeUnit.MILLISECONDS);
	}

	private Flux<TurnEvent> goOn() {
		return Flux.defer(this::perform).repeat(() -> this.effect != null);
	}

	private Flux<TurnEvent> feed(TurnInput input) {
		return Flux.defer(() -> {
			if (!this.record.write(this, input)) {
				// the next life leads the turn, and this one is about to be cancelled
				return Flux.never();
			}
			if (input instanceof TurnInput.Decided decided) {
				this.means.approvals().taken(agent(), decided.call());
			}
			MeteredCalls.report(input, this.caller);
			TurnDecision decision = this.machine.handle(input);
			this.means.observed().happened(input, decision.events());
			decision.events().forEach(this::ask);
			this.means.observed().recovering(this.machine.recovering());
			this.shown.recovering(this.machine.recovering());
			this.effect = decision.effect();
			if (this.effect instanceof TurnEffect.CallModel) {
				// what was asked in a part of the turn that is forgotten
				this.means.approvals().over(agent(), this.request.turn());
			}
			this.machine.takeNear().forEach((near) -> this.means.context().limitNear(near.limit().id(), near.used()));
			if (this.effect instanceof TurnEffect.Await await) {
				this.shown.waitsForPerson(await.asked().size());
				pause();
			}
			if (this.effect instanceof TurnEffect.End end && end.failure() == null) {
				return keep(decision.events());
			}
			return Flux.fromIterable(decision.events());
		});
	}

	/**
	 * Whoever hears that a turn is complete can rely on its being in the conversation.
	 */
	private Flux<TurnEvent> keep(List<TurnEvent> events) {
		String answer = events.stream()
			.filter(TurnCompleted.class::isInstance)
			.map((event) -> ((TurnCompleted) event).answer())
			.findFirst()
			.orElseThrow();
		List<Message> turn = List.of(this.request.said(), new AssistantMessage(answer));
		Mono<Void> kept = Mono.defer(
				() -> this.machine.isHistoryChanged() ? this.means.conversation().replace(this.machine.history(), turn)
						: this.means.conversation().add(turn));
		return Mono.defer(() -> this.record.keep(kept.retryWhen(again())))
			.thenMany(Flux.fromIterable(events))
			.onErrorResume(this::away);
	}

	/**
	 * A store that is away is no bug of the agent, and a new life would not bring it
	 * back.
	 */
	private Retry again() {
		return Retry.backoff(STORE_RETRIES, this.machine.delay().first())
			.maxBackoff(this.machine.delay().longest())
			.scheduler(this.means.context().scheduler())
			.onRetryExhaustedThrow((spec, last) -> last.failure());
	}

	private Flux<TurnEvent> away(Throwable ex, TurnEvent... before) {
		logger.warn("Conversation not available: agent={}, turn={}", agent(), this.request.turn(), ex);
		TurnFailure failure = TurnFailure.of(FailureClass.CONVERSATION_UNAVAILABLE);
		this.effect = new TurnEffect.End(failure);
		return Flux.just(before)
			.concatWithValues(new TurnFailed(this.request.turn(), failure.failure().id(), failure.detail()));
	}

	private Flux<TurnEvent> perform() {
		TurnEffect due = Objects.requireNonNull(this.effect, "something is to be done");
		this.effect = null;
		if (due instanceof TurnEffect.CallModel call) {
			return callModel(call);
		}
		if (due instanceof TurnEffect.RunTools tools) {
			return runTools(tools.calls());
		}
		if (due instanceof TurnEffect.Await await) {
			return await(await.asked());
		}
		if (due instanceof TurnEffect.Wait wait) {
			return Mono.delay(wait.delay(), this.means.context().scheduler()).thenMany(feed(new TurnInput.Waited()));
		}
		if (due instanceof TurnEffect.Compact compact) {
			return feed(new TurnInput.Compacted(HistoryCut.half(compact.history())));
		}
		if (due instanceof TurnEffect.Summarize summarize) {
			return summarize(summarize);
		}
		if (due instanceof TurnEffect.Crash crash) {
			Throwable cause = this.bug;
			return Flux.error((cause != null) ? cause : new TurnFailureException(crash.failure()));
		}
		return Flux.defer(() -> {
			this.means.open().end(this.request, this.means.context(), this.record);
			this.means.approvals().over(agent(), this.request.turn());
			TurnFailure failure = (due instanceof TurnEffect.End end) ? end.failure() : null;
			if (failure != null) {
				// a bug that is given up crashes nobody, so no report tells of it
				logger.warn("Turn given up: agent={}, turn={}, failure={}, detail={}", agent(), this.request.turn(),
						failure.failure().id(), failure.detail(),
						(failure.failure() == FailureClass.BUG) ? this.bug : null);
			}
			return Flux.empty();
		});
	}

	// ---- model

	private Flux<TurnEvent> callModel(TurnEffect.CallModel call) {
		ProvidedModel model = this.means.models().get(call.model());
		OfferedTools offering = model.call().offer();
		AtomicReference<@Nullable TurnInput> outcome = new AtomicReference<>();
		boolean[] shown = new boolean[1];
		boolean[] declined = new boolean[1];
		Flux<ChatResponse> pieces = model
			.stream(this, this.record, this.shown, this.means.context(),
					() -> model.call()
						.stream(agent(), call.messages(), call.options(), offering, this.means.schedulers()))
			.onErrorResume((ex) -> {
				outcome.set(failed(ex, shown[0]));
				return Flux.empty();
			})
			.doOnNext((piece) -> declined[0] |= ModelAnswer.declines(piece));
		// A call that failed is aggregated too, as far as it came, and must stay failed
		Flux<ChatResponse> whole = new MessageAggregator().aggregate(pieces, (response) -> {
			if (outcome.get() == null) {
				outcome.set(answered(ModelAnswer.of(response, declined[0], this.means.prices())));
			}
		});
		return this.means.observed()
			.model(whole)
			.mapNotNull(this::token)
			.doOnNext((token) -> shown[0] = true)
			.concatWith(Flux.defer(() -> {
				this.record.offer(offering.offer());
				return feed(Objects.requireNonNull(outcome.get(),
						"A model call ended without an answer and without an error"));
			}));
	}

	/**
	 * A summary that fails is no reason for another failure: the older half is dropped.
	 */
	private Flux<TurnEvent> summarize(TurnEffect.Summarize due) {
		ProvidedModel model = this.means.models().get(due.model());
		ModelCall call = model.call().bare();
		AtomicReference<ModelAnswer> answer = new AtomicReference<>();
		Flux<ChatResponse> pieces = model.stream(this, this.record, this.shown, this.means.context(), () -> call
			.stream(agent(), HistoryCut.askForSummary(due.history()), null, call.offer(), this.means.schedulers()));
		Flux<ChatResponse> whole = new MessageAggregator().aggregate(pieces,
				(response) -> answer.set(ModelAnswer.of(response, false, this.means.prices())));
		return this.means.observed()
			.model(whole)
			.then(Mono.fromSupplier(() -> summarized(due.history(), answer.get())))
			.onErrorResume((ex) -> Mono.fromSupplier(() -> withoutSummary(due.history(), ex)))
			.flatMapMany(this::feed);
	}

	private TurnInput summarized(List<Message> history, @Nullable ModelAnswer answer) {
		if (answer == null) {
			return withoutSummary(history, null);
		}
		if (answer.text().isBlank() || answer.refused()) {
			TurnInput.Compacted cut = withoutSummary(history, null);
			return new TurnInput.Compacted(cut.history(), answer.usage(), answer.cost());
		}
		return new TurnInput.Compacted(HistoryCut.summarized(history, answer.text()), answer.usage(), answer.cost());
	}

	private TurnInput.Compacted withoutSummary(List<Message> history, @Nullable Throwable ex) {
		logger.warn("Conversation cut, as it could not be summed up: agent={}, turn={}, reason={}", agent(),
				this.request.turn(), (ex != null) ? Causes.unwrap(ex).toString() : "no summary");
		return new TurnInput.Compacted(HistoryCut.half(history));
	}

	private TurnInput answered(ModelAnswer answer) {
		return new TurnInput.Answered(answer, answer.text().isBlank() ? null : objection(answer.text()));
	}

	private @Nullable TurnFailure objection(String answer) {
		OutputType<?> output = this.request.output();
		TurnFailure unfit = (output != null) ? output.check(answer) : null;
		try {
			return (unfit != null) ? unfit : this.means.check().check(answer);
		}
		catch (RuntimeException ex) {
			return bug(ex);
		}
	}

	private TurnInput failed(Throwable ex, boolean shown) {
		Throwable cause = Causes.unwrap(ex);
		TurnFailure failure;
		try {
			failure = this.means.failures().classify(cause);
		}
		catch (RuntimeException broken) {
			logger.warn("Model call failed: agent={}, turn={}, failure=unclassified, reason={}", agent(),
					this.request.turn(), cause.toString());
			return broken(broken);
		}
		if (failure == null) {
			return broken(cause);
		}
		logger.warn("Model call failed: agent={}, turn={}, failure={}, reason={}", agent(), this.request.turn(),
				failure.failure().id(), cause.toString());
		return new TurnInput.CallFailed(failure, shown);
	}

	private TurnInput broken(Throwable cause) {
		return new TurnInput.Broken(bug(cause));
	}

	private TurnFailure bug(Throwable cause) {
		this.bug = cause;
		return TurnFailure.of(FailureClass.BUG, "Something is broken: %s".formatted(cause.getClass().getName()));
	}

	private @Nullable TurnEvent token(ChatResponse piece) {
		Generation result = piece.getResult();
		if (result == null || Boolean.parseBoolean(String.valueOf(result.getOutput().getMetadata().get("isThought")))) {
			return null;
		}
		String text = result.getOutput().getText();
		return (text != null && !text.isEmpty()) ? new Token(this.request.turn(), text) : null;
	}

	// ---- tools

	private Flux<TurnEvent> runTools(List<AssistantMessage.ToolCall> calls) {
		ToolOffer offer = Objects.requireNonNull(this.record.offered(), "a model has called the tools");
		return this.means.tools()
			.runAll(calls, offer, (step) -> feed(input(step)),
					(call, made) -> this.calls.around(call.id(),
							this.means.observed()
								.tool(offer.tools().containsKey(call.name()) ? call.name() : UNKNOWN_TOOL, made)))
			.onErrorResume((ex) -> feed(broken(Causes.unwrap(ex))));
	}

	private TurnInput input(ToolStep step) {
		return (step instanceof ToolStep.Ended ended) ? this.calls.ended(ended.call().id(), ended.outcome())
				: new TurnInput.ToolStarted(step.call().id());
	}

	// ---- people

	private void ask(TurnEvent event) {
		if (event instanceof AwaitingApproval asked) {
			this.means.approvals()
				.ask(new ApprovalRequest(agent(), asked.turn(), asked.call(), asked.tool(), asked.arguments(),
						asked.failure(), Instant.ofEpochMilli(now())));
		}
	}

	/**
	 * Neither the time of the turn nor its place counts while it waits for a person, nor
	 * the time of the turn that has asked for it. Agents that are asked may wait, too, on
	 * threads of their own.
	 */
	private synchronized void pause() {
		if (!this.paused && !this.over) {
			this.paused = true;
			this.record.waits(this, now());
			this.places.pause();
			if (this.caller != null) {
				this.caller.waits(now());
			}
		}
	}

	/**
	 * This life has nothing to do with the turn any more, so it waits for nobody.
	 */
	synchronized void over() {
		this.over = true;
		unpause();
	}

	private synchronized void unpause() {
		if (this.paused) {
			this.paused = false;
			this.record.goesOn(this, now());
			this.places.goOn();
			if (this.caller != null) {
				this.caller.goesOn(now());
			}
		}
	}

	private Flux<TurnEvent> await(List<AwaitingApproval> asked) {
		return Flux.defer(() -> {
			// where another life asked, nobody may know of it any more
			asked.forEach(this::ask);
			return this.means.approvals().next(agent());
		}).publishOn(this.means.context().scheduler()).take(1).concatMap((decided) -> {
			this.shown.goesOn();
			unpause();
			return feed(new TurnInput.Decided(decided.call(), decided.decision()));
		}).doOnCancel(this::unpause);
	}

	private AgentPath agent() {
		return this.means.context().path();
	}

}
