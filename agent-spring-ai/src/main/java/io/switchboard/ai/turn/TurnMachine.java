package io.switchboard.ai.turn;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.DoubleSupplier;

import io.switchboard.ai.approval.Decision;
import io.switchboard.ai.failure.FailureClass;
import io.switchboard.ai.failure.TurnFailure;
import io.switchboard.ai.recovery.Climb;
import io.switchboard.ai.recovery.RetryDelay;
import io.switchboard.ai.recovery.Rung;
import io.switchboard.ai.recovery.Rung.ChangeOptions;
import io.switchboard.ai.tool.ToolOutcome;
import io.switchboard.ai.turn.Spending.NearLimit;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage.ToolResponse;
import org.springframework.ai.chat.messages.UserMessage;

/**
 * The rules of a turn as a state machine: what happened in, what to tell the client and
 * what to do next out. It calls nothing and waits for nothing, so the same inputs always
 * lead to the same place, in this life of the agent or in the next.
 */
final class TurnMachine {

	private final String turn;

	private final UserMessage request;

	private final TurnSettings settings;

	private final DoubleSupplier random;

	private final List<Message> said = new ArrayList<>();

	private final Spending spending;

	private final List<NearLimit> near = new ArrayList<>();

	private final Repetitions repetitions = new Repetitions();

	/**
	 * The ids of all calls of tools, those that are forgotten included.
	 */
	private final Set<String> callIds = new HashSet<>();

	private List<Message> history = List.of();

	private int unseen;

	private boolean historyChanged;

	private Usage usage = Usage.none();

	private int model;

	private @Nullable ChangeOptions options;

	private Climb climb = Climb.bottom();

	/**
	 * What is done about the last failure, until the turn has got on.
	 */
	private @Nullable Recovering recovering;

	private @Nullable ToolRound round;

	/**
	 * What a person is asked about a failure.
	 */
	private @Nullable Question question;

	/**
	 * What a person wants the model to be told with the next call.
	 */
	private @Nullable String hint;

	private @Nullable TurnEffect doing;

	private @Nullable String answer;

	/**
	 * Make a turn that has not begun.
	 * @param request what is asked for
	 * @param settings what it goes by
	 * @param random gives numbers from zero to one, for the waits before retries
	 */
	TurnMachine(TurnRequest request, TurnSettings settings, DoubleSupplier random) {
		this.turn = request.turn();
		this.request = request.told();
		this.settings = settings;
		this.random = random;
		this.spending = new Spending(settings.budget());
		this.said.add(this.request);
	}

	/**
	 * Go on.
	 * @param input what happened
	 * @return what follows
	 */
	TurnDecision handle(TurnInput input) {
		TurnDecision decision = decide(input);
		TurnEffect effect = decision.effect();
		if (effect != null) {
			this.doing = effect;
			if (!(effect instanceof TurnEffect.End)) {
				this.near.addAll(this.spending.near());
			}
		}
		return decision;
	}

	/**
	 * What was said before this turn, as far as it is still known.
	 * @return the messages
	 */
	List<Message> history() {
		return this.history;
	}

	/**
	 * How many messages before those the model was never told, and stay where they are.
	 * @return the number, zero if all is forgotten
	 */
	int unseen() {
		return this.unseen;
	}

	/**
	 * Whether less of what was said before is known than when the turn began.
	 * @return {@code true} if so
	 */
	boolean isHistoryChanged() {
		return this.historyChanged;
	}

	/**
	 * Limits that have come near since this was asked last.
	 * @return the limits
	 */
	List<NearLimit> takeNear() {
		List<NearLimit> taken = List.copyOf(this.near);
		this.near.clear();
		return taken;
	}

	Climb climb() {
		return this.climb;
	}

	/**
	 * How often the turn may try to recover.
	 * @return the number of attempts
	 */
	int maxAttempts() {
		return this.settings.recovery().maxAttempts();
	}

	/**
	 * How long to wait before something is tried again.
	 * @return the waits
	 */
	RetryDelay delay() {
		return this.settings.recovery().delay();
	}

	/**
	 * What is done about the last failure.
	 * @return what clients were told, or {@code null} if the turn has got on since, or
	 * nothing has gone wrong
	 */
	@Nullable Recovering recovering() {
		return this.recovering;
	}

	/**
	 * What the turn has cost so far.
	 * @return the costs, as they go on
	 */
	Spending spending() {
		return this.spending;
	}

	private TurnDecision decide(TurnInput input) {
		if (input instanceof TurnInput.Begun begun) {
			this.history = begun.history();
			this.unseen = begun.unseen();
			return new TurnDecision(List.of(new TurnStarted(this.turn)), callModel());
		}
		if (input instanceof TurnInput.Answered answered) {
			return answered(answered);
		}
		if (input instanceof TurnInput.CallFailed failed) {
			return recover(failed.failure(), failed.shown(), null);
		}
		if (input instanceof TurnInput.ToolStarted started) {
			return toolStarted(openRound(), started.call());
		}
		if (input instanceof TurnInput.ToolEnded ended) {
			return toolEnded(openRound(), ended);
		}
		if (input instanceof TurnInput.Decided decided) {
			return decided(decided.call(), decided.decision());
		}
		if (input instanceof TurnInput.Broken broken) {
			this.spending.spent(broken.usage(), broken.cost());
			this.usage = this.usage.plus(broken.usage());
			return recover(broken.failure(), true, null);
		}
		if (input instanceof TurnInput.Compacted compacted) {
			this.spending.spent(compacted.usage(), compacted.cost());
			this.usage = this.usage.plus(compacted.usage());
			this.historyChanged = true;
			this.history = compacted.history();
			return goOn(List.of());
		}
		if (input instanceof TurnInput.Reopened) {
			return reopened();
		}
		return (input instanceof TurnInput.Resumed) ? resumed() : goOn(List.of());
	}

	private ToolRound openRound() {
		return Objects.requireNonNull(this.round, "no tools were asked for");
	}

	// ---- the model has answered

	private TurnDecision answered(TurnInput.Answered input) {
		this.spending.answered(input.answer().usage(), input.answer().cost());
		ModelAnswer given = input.answer().withCallIds(this.spending.steps(), this.callIds);
		this.usage = this.usage.plus(given.usage());
		TurnFailure failure = objection(given);
		if (failure == null && !given.message().hasToolCalls()) {
			failure = input.objection();
		}
		if (failure != null) {
			return recover(failure, true, given.message());
		}
		if (given.message().hasToolCalls()) {
			this.spending.called(given.message().getToolCalls().size());
			return calls(new ToolRound(given.message()));
		}
		return completed(given.text());
	}

	private @Nullable TurnFailure objection(ModelAnswer given) {
		if (given.refused()) {
			return TurnFailure.of(FailureClass.REFUSED,
					"The model or its filter declined to answer (finish reason '%s')".formatted(given.finishReason()));
		}
		if (given.message().hasToolCalls()) {
			return objectionToCalls(given);
		}
		if (given.text().isBlank()) {
			return TurnFailure.of(FailureClass.INVALID_OUTPUT,
					"The model's answer is empty (finish reason '%s')".formatted(given.finishReason()));
		}
		return null;
	}

	private @Nullable TurnFailure objectionToCalls(ModelAnswer given) {
		TurnFailure spent = this.spending.objection(given.message().getToolCalls().size());
		if (spent != null) {
			return spent;
		}
		for (AssistantMessage.ToolCall call : given.message().getToolCalls()) {
			if (this.repetitions.isLoop(call)) {
				return TurnFailure.of(FailureClass.LOOP,
						"The model called a tool %d times with the same arguments, which gave the same each time"
							.formatted(Repetitions.MOST + 1));
			}
		}
		return null;
	}

	private TurnDecision completed(String text) {
		this.answer = text;
		return new TurnDecision(List.of(new TurnCompleted(this.turn, text, this.usage, this.spending.steps())),
				new TurnEffect.End(null));
	}

	// ---- tools

	private TurnDecision calls(ToolRound calls) {
		this.round = calls;
		for (AssistantMessage.ToolCall call : calls.ready()) {
			if (this.settings.approval().test(call.name())) {
				calls.await(call.id());
			}
		}
		return runOrAwait(calls, List.copyOf(asked()));
	}

	/**
	 * Whether nothing is done until a person has decided something.
	 * @return {@code true} if so
	 */
	boolean isAwaiting() {
		return this.doing instanceof TurnEffect.Await;
	}

	/**
	 * Which model is called.
	 * @return zero for the first
	 */
	int model() {
		return this.model;
	}

	/**
	 * What people were asked and have not decided.
	 * @return the requests, in the order in which they were asked
	 */
	List<AwaitingApproval> asked() {
		List<AwaitingApproval> result = new ArrayList<>();
		if (this.round != null) {
			for (AssistantMessage.ToolCall call : this.round.awaiting()) {
				result.add(new AwaitingApproval(this.turn, call.id(), call.name(), call.arguments(), null));
			}
		}
		if (this.question != null) {
			result.add(this.question.asked(this.turn));
		}
		return result;
	}

	private TurnDecision runOrAwait(ToolRound calls, List<TurnEvent> events) {
		List<AssistantMessage.ToolCall> ready = calls.ready();
		return new TurnDecision(events,
				ready.isEmpty() ? new TurnEffect.Await(asked()) : new TurnEffect.RunTools(ready));
	}

	private TurnDecision toolStarted(ToolRound calls, String id) {
		calls.started(id);
		AssistantMessage.ToolCall call = calls.call(id);
		return TurnDecision.tell(new ToolCall(this.turn, call.id(), call.name(), call.arguments()));
	}

	private TurnDecision toolEnded(ToolRound calls, TurnInput.ToolEnded ended) {
		this.spending.spent(ended.usage(), ended.cost());
		this.usage = this.usage.plus(ended.usage());
		this.near.addAll(this.spending.near());
		List<TurnEvent> events = List.of(ended(calls, ended.call(), ended.outcome()));
		if (calls.isOver()) {
			return afterTools(calls, events);
		}
		return calls.ready().isEmpty() ? runOrAwait(calls, events) : new TurnDecision(events, null);
	}

	private ToolResult ended(ToolRound calls, String id, ToolOutcome outcome) {
		AssistantMessage.ToolCall call = calls.call(id);
		Object value = null;
		if (outcome instanceof ToolOutcome.Failed failed) {
			calls.ended(id, failed.forModel(), failed.failure());
		}
		else {
			calls.ended(id, outcome.forModel(), null);
			this.repetitions.note(call, outcome.forModel());
			value = (outcome instanceof ToolOutcome.Result result) ? result.value() : null;
		}
		return new ToolResult(this.turn, call.id(), call.name(), outcome.forModel(), value);
	}

	private TurnDecision decided(String id, Decision decision) {
		Question open = this.question;
		if (open != null && open.id().equals(id)) {
			this.question = null;
			return decidedAbout(open.failure(), decision);
		}
		ToolRound calls = this.round;
		if (calls == null || !calls.awaits(id)) {
			return TurnDecision.effect(new TurnEffect.Await(asked()));
		}
		List<TurnEvent> events = List.of();
		if (decision instanceof Decision.Reject rejected) {
			events = List.of(ended(calls, id, new ToolOutcome.Result(Feedback.onRejection(rejected.reason()), null)));
		}
		else {
			calls.approved(id, (decision instanceof Decision.Edit edited) ? edited.text() : null);
		}
		if (open != null) {
			return new TurnDecision(events, new TurnEffect.Await(asked()));
		}
		return calls.isOver() ? afterTools(calls, events) : runOrAwait(calls, events);
	}

	private TurnDecision afterTools(ToolRound calls, List<TurnEvent> before) {
		List<TurnEvent> events = new ArrayList<>(before);
		for (TurnFailure failure : calls.failures()) {
			Climb.Taken taken = next(failure, false, null);
			if (!(taken.rung() instanceof Rung.Feedback)) {
				return take(failure, taken, null, events);
			}
			events.add(recovering(failure, taken.rung()));
		}
		if (calls.failures().isEmpty()) {
			this.climb = this.climb.gotOn();
			this.recovering = null;
		}
		return tellModel(calls, events);
	}

	private TurnDecision tellModel(ToolRound calls, List<TurnEvent> events) {
		this.said.add(calls.message());
		this.said.add(calls.responses());
		this.round = null;
		// agents that were asked may have taken more than there was
		TurnFailure spent = this.spending.objection(0);
		return (spent != null) ? take(spent, next(spent, false, null), null, events)
				: new TurnDecision(events, callModel());
	}

	// ---- recovery

	private TurnDecision ask(TurnFailure failure, List<TurnEvent> before) {
		Question asked = new Question("failure-" + this.climb.attempts(), failure);
		this.question = asked;
		List<TurnEvent> events = new ArrayList<>(before);
		events.add(asked.asked(this.turn));
		return new TurnDecision(events, new TurnEffect.Await(asked()));
	}

	private TurnDecision decidedAbout(TurnFailure failure, Decision decision) {
		if (decision instanceof Decision.Reject) {
			return giveUp(failure, List.of());
		}
		if (decision instanceof Decision.Edit edited) {
			this.hint = edited.text();
		}
		ToolRound calls = this.round;
		if (calls != null && this.hint == null && calls.failed().stream().allMatch(this::isRepeatable)) {
			calls.reopenFailed();
		}
		else if (calls != null) {
			calls.acceptFailures();
		}
		return goOn(List.of());
	}

	private TurnDecision recover(TurnFailure failure, boolean shown, @Nullable AssistantMessage faulty) {
		return take(failure, next(failure, shown, faulty), faulty, List.of());
	}

	private Climb.Taken next(TurnFailure failure, boolean shown, @Nullable AssistantMessage faulty) {
		Climb.Taken taken = this.climb.next(failure, this.settings.recovery(),
				(rung) -> isPossible(rung, shown, faulty));
		this.climb = taken.after();
		return taken;
	}

	private boolean isPossible(Rung rung, boolean shown, @Nullable AssistantMessage faulty) {
		ToolRound calls = this.round;
		if (rung instanceof Rung.Retry) {
			return (calls != null) ? calls.failed().stream().allMatch(this::isRepeatable) : !shown;
		}
		if (rung instanceof Rung.Feedback) {
			return faulty != null || calls != null;
		}
		if (rung instanceof Rung.Compact || rung instanceof Rung.Summarize) {
			return !this.history.isEmpty();
		}
		if (rung instanceof Rung.SwitchModel) {
			return this.model + 1 < this.settings.models();
		}
		return !(rung instanceof Rung.RestartConversation) || !this.history.isEmpty() || this.said.size() > 1;
	}

	private boolean isRepeatable(AssistantMessage.ToolCall call) {
		return this.settings.repeatable().test(call.name());
	}

	private TurnDecision take(TurnFailure failure, Climb.Taken taken, @Nullable AssistantMessage faulty,
			List<TurnEvent> before) {
		Rung rung = taken.rung();
		if (rung instanceof Rung.GiveUp) {
			return giveUp(failure, before);
		}
		List<TurnEvent> events = new ArrayList<>(before);
		events.add(recovering(failure, rung));
		if (rung instanceof Rung.Retry) {
			if (this.round != null) {
				this.round.reopenFailed();
			}
			return new TurnDecision(events,
					new TurnEffect.Wait(taken.delay(failure, this.settings.recovery(), this.random.getAsDouble())));
		}
		if (rung instanceof Rung.AskHuman) {
			return ask(failure, events);
		}
		if (rung instanceof Rung.Compact) {
			return new TurnDecision(events, new TurnEffect.Compact(this.history, taken.time()));
		}
		if (rung instanceof Rung.Summarize) {
			return new TurnDecision(events, new TurnEffect.Summarize(this.model, this.history));
		}
		if (rung instanceof Rung.Restart) {
			return new TurnDecision(events, new TurnEffect.Crash(failure));
		}
		if (rung instanceof Rung.RestartConversation) {
			forget();
			return goOn(events);
		}
		if (rung instanceof Rung.SwitchModel) {
			this.model++;
		}
		else if (rung instanceof ChangeOptions changed) {
			this.options = changed;
		}
		else if (faulty != null) {
			explain(failure, faulty);
		}
		return goOn(events);
	}

	private TurnDecision giveUp(TurnFailure failure, List<TurnEvent> before) {
		List<TurnEvent> events = new ArrayList<>(before);
		events.add(new TurnFailed(this.turn, failure.failure().id(), failure.detail()));
		return new TurnDecision(events, new TurnEffect.End(failure));
	}

	private Recovering recovering(TurnFailure failure, Rung rung) {
		Recovering told = new Recovering(this.turn, failure.failure().id(), rung.id(), this.climb.attempts());
		this.recovering = told;
		return told;
	}

	private void explain(TurnFailure failure, AssistantMessage faulty) {
		if (faulty.hasToolCalls()) {
			this.said.add(faulty);
			this.said.add(ToolResponseMessage.builder()
				.responses(faulty.getToolCalls()
					.stream()
					.map((call) -> new ToolResponse(call.id(), call.name(), Feedback.onCall(failure)))
					.toList())
				.build());
			return;
		}
		String text = faulty.getText();
		if (text != null && !text.isBlank()) {
			this.said.add(faulty);
		}
		this.said.add(new UserMessage(Feedback.onAnswer(failure)));
	}

	// ---- going on

	/**
	 * Do what is to be done next, wherever the turn is. What nobody knows the end of is
	 * done again only where that does no harm.
	 */
	private TurnDecision goOn(List<TurnEvent> events) {
		ToolRound calls = this.round;
		if (calls == null) {
			return callAgain(events);
		}
		List<TurnEvent> all = new ArrayList<>(events);
		for (AssistantMessage.ToolCall call : calls.cutOff()) {
			if (!isRepeatable(call)) {
				String told = Feedback.onCutOff(call.name());
				calls.ended(call.id(), told, null);
				all.add(new ToolResult(this.turn, call.id(), call.name(), told));
			}
		}
		return calls.isOver() ? tellModel(calls, all) : runOrAwait(calls, all);
	}

	/**
	 * Call the model once more, if what the turn has cost leaves room for that. A budget
	 * is a limit for recoveries too.
	 */
	private TurnDecision callAgain(List<TurnEvent> events) {
		TurnFailure spent = this.spending.objection(0);
		return (spent != null) ? giveUp(spent, events) : new TurnDecision(events, callModel());
	}

	private TurnEffect.CallModel callModel() {
		if (this.hint != null) {
			this.said.add(new UserMessage(this.hint));
			this.hint = null;
		}
		List<Message> messages = new ArrayList<>(this.history);
		messages.addAll(this.said);
		return new TurnEffect.CallModel(this.model, messages, this.options);
	}

	private void forget() {
		this.historyChanged = true;
		this.history = List.of();
		this.unseen = 0;
		this.said.clear();
		this.said.add(this.request);
		this.round = null;
		this.question = null;
		this.repetitions.clear();
	}

	private TurnDecision resumed() {
		TurnEffect before = this.doing;
		if (before instanceof TurnEffect.End) {
			return endAgain();
		}
		if (before instanceof TurnEffect.Crash) {
			return goOn(List.of());
		}
		if (before instanceof TurnEffect.Await) {
			// to wait does no harm, so an end in the meantime is no failure of the turn
			return TurnDecision.effect(before);
		}
		TurnFailure cutOff = TurnFailure.of(FailureClass.BUG,
				"The agent has ended in the middle of the turn, after %d other recoveries"
					.formatted(this.climb.attempts()));
		if (this.climb.attempts() >= maxAttempts()) {
			return giveUp(cutOff, List.of());
		}
		this.climb = this.climb.cutOff();
		List<TurnEvent> events = List.of(recovering(cutOff, new Rung.Restart(1)));
		if (before instanceof TurnEffect.Compact || before instanceof TurnEffect.Summarize
				|| before instanceof TurnEffect.Wait) {
			return new TurnDecision(events, before);
		}
		return goOn(events);
	}

	/**
	 * The end of a process is no failure of the turn, and there is none to be met: what
	 * was being done is done again as far as it may be.
	 */
	private TurnDecision reopened() {
		TurnEffect before = this.doing;
		if (before instanceof TurnEffect.End) {
			return endAgain();
		}
		if (before instanceof TurnEffect.Await || before instanceof TurnEffect.Wait
				|| before instanceof TurnEffect.Compact || before instanceof TurnEffect.Summarize) {
			return TurnDecision.effect(before);
		}
		return goOn((before instanceof TurnEffect.CallModel) ? List
			.of(new Recovering(this.turn, Recovering.PROCESS_ENDED, new Rung.Restart(1).id(), this.climb.attempts()))
				: List.of());
	}

	private TurnDecision endAgain() {
		String text = this.answer;
		if (text != null) {
			return completed(text);
		}
		TurnFailure failure = (this.doing instanceof TurnEffect.End end) ? end.failure() : null;
		return giveUp((failure != null) ? failure : TurnFailure.of(FailureClass.BUG), List.of());
	}

	/**
	 * What a person is asked about a failure.
	 *
	 * @param id the question's id
	 * @param failure what went wrong
	 */
	private record Question(String id, TurnFailure failure) {

		AwaitingApproval asked(String turn) {
			return new AwaitingApproval(turn, this.id, null, null, this.failure.failure().id());
		}

	}

}
