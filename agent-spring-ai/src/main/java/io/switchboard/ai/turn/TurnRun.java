package io.switchboard.ai.turn;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

import io.switchboard.AgentPath;
import io.switchboard.Handling;
import io.switchboard.ai.approval.ApprovalRequest;
import io.switchboard.ai.approval.Approvals;
import io.switchboard.ai.failure.Causes;
import io.switchboard.ai.failure.FailureClass;
import io.switchboard.ai.failure.TurnFailure;
import io.switchboard.ai.failure.TurnFailureException;
import io.switchboard.ai.tool.CallMeter;
import io.switchboard.ai.tool.ToolOffer;
import io.switchboard.ai.tool.ToolStep;
import io.switchboard.ai.turn.OpenTurns.OpenTurn;
import io.switchboard.journal.StaleWriterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
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
 * its signals come one after the other, so its fields need no protection. Calls of tools
 * that wait, and the end of the life, come from elsewhere: see {@link TurnWaits}.
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

	private final TurnWaits waits;

	private final ShownTurn shown;

	/**
	 * The call of a tool that has asked for the turn.
	 */
	private final @Nullable CallMeter caller;

	private final MeteredCalls calls;

	private @Nullable TurnEffect effect;

	/**
	 * What was thrown last that is no failure of a provider.
	 */
	private @Nullable Throwable bug;

	/**
	 * What the journal did not want to write or could not read.
	 */
	private @Nullable Throwable refused;

	TurnRun(TurnRequest request, TurnMeans means, TurnMachine machine, OpenTurn record, TurnPlaces places,
			@Nullable CallMeter caller) {
		this.request = request;
		this.means = means;
		this.machine = machine;
		this.record = record;
		this.waits = new TurnWaits(this, record, places, caller, means.context());
		this.calls = new MeteredCalls(this.waits::forCalls);
		this.shown = new ShownTurn(means.context(), record, machine.maxAttempts());
		this.caller = caller;
	}

	/**
	 * Begin the turn on subscription.
	 * @return its events; an error is a bug, or the wish of a ladder, and has to crash
	 * the agent
	 */
	Flux<TurnEvent> begin() {
		return stored(() -> this.means.conversation().read()).map((said) -> Flux.defer(() -> feed(begun(said))))
			.onErrorResume((ex) -> Mono.just(away(ex, new TurnStarted(this.request.turn()))))
			.flatMapMany(Function.identity())
			.concatWith(goOn());
	}

	private TurnInput begun(List<Message> said) {
		List<Message> history = this.means.window().of(said);
		return new TurnInput.Begun(history, said.size() - history.size(), now());
	}

	/**
	 * Go on with the turn on subscription, in the life after the one that was cut off.
	 * @return what has happened so far, but for texts of models, which were heard if they
	 * were written down, and what happens from here on
	 */
	Flux<TurnEvent> resume() {
		return Flux.defer(() -> {
			List<TurnEvent> told = new ArrayList<>();
			Flux<TurnEvent> next = follow(told);
			// the end comes anew
			told.removeIf(TurnEvent::last);
			return Flux.fromIterable(told).concatWith(next);
		}).concatWith(goOn());
	}

	private Flux<TurnEvent> follow(List<TurnEvent> told) {
		try {
			for (TurnInput input : this.record.inputs()) {
				told.addAll(this.machine.handle(input).events());
				taken(input);
			}
		}
		catch (RuntimeException ex) {
			return giveUp(ex);
		}
		this.means.observed().recovering(this.machine.recovering());
		// The life before has told of these
		this.machine.takeNear();
		return feed(new TurnInput.Resumed());
	}

	/**
	 * Go on on subscription with a turn that another process has begun. The machine knows
	 * what has happened.
	 * @return the events from here on
	 */
	Flux<TurnEvent> reopen() {
		return Flux.defer(() -> {
			this.means.observed().recovering(this.machine.recovering());
			this.shown.recovering(this.machine.recovering());
			this.shown.spent(this.machine.spending());
			// the process before has told of these
			this.machine.takeNear();
			this.machine.asked().forEach(this::ask);
			return feed(new TurnInput.Reopened());
		}).concatWith(goOn());
	}

	/**
	 * Whether an error of the turn is that of its journal, which is nobody's bug.
	 * @param ex the error
	 * @return {@code true} if so
	 */
	@SuppressWarnings("ReferenceEquality") // a tool may have a journal of its own
	boolean isOfJournal(Throwable ex) {
		return ex == this.refused;
	}

	/**
	 * The journal does not want this life to go on, so it leaves the turn as it is there.
	 * @param ex what it says
	 * @return nothing, if somebody else goes on; the error, if nobody can
	 */
	Flux<TurnEvent> leave(Throwable ex) {
		this.effect = null;
		this.record.leftBy(this);
		this.means.open().forget(agent(), this.record);
		this.means.approvals().over(agent(), this.request.turn());
		if (ex instanceof StaleWriterException) {
			logger.info("Turn left to whoever leads the session now: agent={}, turn={}, reason={}", agent(),
					this.request.turn(), ex.getMessage());
			return Flux.empty();
		}
		return Flux.error(ex);
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

	/**
	 * Nothing follows from what happened, and nothing that follows begins, before it is
	 * written.
	 */
	private Flux<TurnEvent> feed(TurnInput input) {
		return Flux.deferContextual((view) -> {
			if (!Handling.isHeard(view) || !this.record.write(this, input, now())) {
				// About to be cancelled, and what it has told last may have reached
				// nobody: the next life must not take it for told
				return Flux.never();
			}
			TurnLog log = this.record.log();
			if (log == null) {
				return decide(input);
			}
			return kept(log.written(this.means.context().scheduler()))
				.thenMany(Flux.defer(() -> this.record.isLedBy(this) ? decide(input) : Flux.never()));
		});
	}

	private Flux<TurnEvent> decide(TurnInput input) {
		taken(input);
		MeteredCalls.report(input, this.caller);
		TurnDecision decision = this.machine.handle(input);
		this.means.observed().happened(input, decision.events());
		decision.events().forEach(this::ask);
		this.means.observed().recovering(this.machine.recovering());
		this.shown.recovering(this.machine.recovering());
		this.shown.spent(this.machine.spending());
		this.effect = decision.effect();
		if (this.effect instanceof TurnEffect.CallModel) {
			// what was asked in a part of the turn that is forgotten
			this.means.approvals().over(agent(), this.request.turn());
		}
		this.machine.takeNear().forEach((near) -> this.means.context().limitNear(near.limit().id(), near.used()));
		if (this.effect instanceof TurnEffect.Await await) {
			this.shown.waitsForPerson(await.asked().size());
			this.waits.forPerson();
		}
		if (this.effect instanceof TurnEffect.End end && end.failure() == null) {
			return keep(decision.events());
		}
		return Flux.fromIterable(decision.events());
	}

	private void taken(TurnInput input) {
		if (input instanceof TurnInput.Decided decided) {
			this.means.approvals().taken(agent(), decided.call());
		}
	}

	/**
	 * Wait for the journal, in which time the turn's time stands still, and go on with
	 * the agent.
	 */
	private Mono<Void> kept(Mono<Void> written) {
		return Mono.using(this.waits::forJournal, (wait) -> written, Disposable::dispose)
			.publishOn(this.means.context().scheduler())
			.doOnError((ex) -> this.refused = ex);
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
		List<Message> said = List.of(this.request.said(), new AssistantMessage(answer));
		Mono<Void> kept = this.machine.isHistoryChanged() ? replace(said)
				: stored(() -> this.means.conversation().add(this.request.turn(), said));
		Mono<Void> once = Mono.defer(() -> this.record.keep(kept));
		boolean journaled = this.record.log() != null;
		// stores answer on threads of their own
		return (journaled ? kept(once) : once.publishOn(this.means.context().scheduler()))
			.thenMany(Flux.fromIterable(events))
			.onErrorResume((ex) -> (journaled && isOfSession(ex)) ? Flux.error(ex) : away(ex));
	}

	/**
	 * What the model was never told stays where it is. It is read once: a store that
	 * fails in between may have it no more.
	 */
	private Mono<Void> replace(List<Message> turn) {
		int unseen = this.machine.unseen();
		Mono<List<Message>> before = (unseen > 0) ? stored(() -> this.means.conversation().read())
				: Mono.just(List.of());
		return before.flatMap((said) -> {
			List<Message> left = new ArrayList<>(said.subList(0, Math.min(unseen, said.size())));
			left.addAll(this.machine.history());
			return stored(() -> this.means.conversation().replace(this.request.turn(), left, turn));
		});
	}

	/**
	 * Ask the store of the conversation, and again if it fails: for ever, if it is a
	 * journal that is away and has accepted this turn.
	 */
	private <T> Mono<T> stored(Supplier<Mono<T>> access) {
		Mono<T> tried = Mono.defer(access);
		return ((this.record.log() != null) ? tried.retryWhen(JournalPatience.on(this.means.context().scheduler()))
				: tried)
			.retryWhen(again());
	}

	private static boolean isOfSession(Throwable ex) {
		return ex instanceof StaleWriterException || ex instanceof UnreadableSessionException;
	}

	/**
	 * A store that is away is no bug of the agent, and a new life would not bring it
	 * back.
	 */
	private Retry again() {
		return Retry.backoff(STORE_RETRIES, this.machine.delay().first())
			.maxBackoff(this.machine.delay().longest())
			.filter((ex) -> !isOfSession(ex))
			.scheduler(this.means.context().scheduler())
			.onRetryExhaustedThrow((spec, last) -> last.failure());
	}

	private Flux<TurnEvent> away(Throwable ex, TurnEvent... before) {
		if (ex instanceof UnreadableSessionException) {
			this.refused = ex;
			return Flux.error(ex);
		}
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
			.stream(this.waits, this.shown, this.means.context(),
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
		Flux<ChatResponse> pieces = model.stream(this.waits, this.shown, this.means.context(), () -> call
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
		ToolOffer known = this.record.offered();
		// a model has called the tools in another process
		ToolOffer offer = (known != null) ? known : this.means.models().get(this.machine.model()).call().offered();
		return this.means.tools()
			.runAll(calls, offer, (step) -> feed(input(step)),
					(call, made) -> this.calls.around(call.id(),
							this.means.observed()
								.tool(offer.tools().containsKey(call.name()) ? call.name() : UNKNOWN_TOOL, made)))
			.onErrorResume((ex) -> isOfJournal(ex) ? Flux.error(ex) : feed(this.calls.broken(bug(Causes.unwrap(ex)))));
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
	 * This life has nothing to do with the turn any more. To be told before anybody else
	 * hears of that: the agent's next message waits for other things, and shows them.
	 */
	void over() {
		this.waits.over();
		this.shown.over();
	}

	private Flux<TurnEvent> await(List<AwaitingApproval> asked) {
		return Mono.defer(() -> {
			// where another life asked, nobody may know of it any more
			asked.forEach(this::ask);
			return this.means.approvals().next(agent());
		})
			.map(this::decided)
			.transform((decided) -> orAsleep(decided, asked))
			.publishOn(this.means.context().scheduler())
			.flatMapMany(Function.identity());
	}

	private Flux<TurnEvent> decided(Approvals.Decided decided) {
		return Flux.defer(() -> {
			this.shown.goesOn();
			this.waits.decided();
			return feed(new TurnInput.Decided(decided.call(), decided.decision()));
		});
	}

	/**
	 * Whoever waits long for people need not do so in memory, if all that has happened is
	 * in the journal.
	 */
	private Mono<Flux<TurnEvent>> orAsleep(Mono<Flux<TurnEvent>> decided, List<AwaitingApproval> asked) {
		Duration patience = this.means.idleTimeout();
		if (patience == null || this.record.log() == null) {
			return decided;
		}
		return decided.timeout(Mono.delay(patience, this.means.context().scheduler()),
				Mono.fromSupplier(() -> sleep(asked)));
	}

	private Flux<TurnEvent> sleep(List<AwaitingApproval> asked) {
		return Flux.deferContextual((view) -> {
			if (!Handling.isHeard(view) || !this.record.isLedBy(this)) {
				return Flux.never();
			}
			if (!this.means.approvals().sleep(agent(), this.request.turn())) {
				return await(asked);
			}
			this.record.leftBy(this);
			this.means.open().forget(agent(), this.record);
			this.means.context().stop();
			return Flux.just(new TurnAsleep(this.request.turn()));
		});
	}

	private AgentPath agent() {
		return this.means.context().path();
	}

}
