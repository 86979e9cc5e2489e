package io.switchboard.ai.turn;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.micrometer.observation.ObservationRegistry;
import io.switchboard.AgentContext;
import io.switchboard.ai.approval.Approvals;
import io.switchboard.ai.failure.FailureClass;
import io.switchboard.ai.failure.FailureClassifier;
import io.switchboard.ai.failure.TurnFailure;
import io.switchboard.ai.model.CallLimits;
import io.switchboard.ai.model.ModelLine;
import io.switchboard.ai.model.ModelProvider;
import io.switchboard.ai.recovery.RecoveryPolicy;
import io.switchboard.ai.tool.CallMeter;
import io.switchboard.ai.tool.ToolCaller;
import io.switchboard.ai.tool.ToolDeclaration;
import io.switchboard.ai.tool.ToolRunner;
import io.switchboard.ai.tool.ToolSettings;
import io.switchboard.ai.tool.ToolTraits;
import io.switchboard.ai.turn.OpenTurns.OpenTurn;
import io.switchboard.ai.turn.TurnJournal.Left;
import io.switchboard.journal.JournalWriters;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.tokenizer.TokenCountEstimator;
import org.springframework.ai.tool.ToolCallback;

/**
 * Runs turns inside an agent.
 * <p>
 * You probably want a {@link io.switchboard.ai.ModelAgent}, which does this and keeps the
 * conversation. Use a runner directly in a behaviour of your own that needs more than a
 * model call; let its specification say
 * {@link io.switchboard.supervision.AgentSpec.Builder#redelivers redelivers}, or turns
 * end with the life that leads them, and
 * {@link io.switchboard.supervision.AgentSpec.Builder#stopsAtOnce stopsAtOnce}, or a stop
 * waits for the turn in hand.
 * <p>
 * What goes wrong in a turn is met as the {@link RecoveryPolicy} says; a turn that cannot
 * be saved ends with {@link TurnFailed}. Where the policy wants a restart, which by
 * default is what it wants for bugs, the returned publisher fails and so crashes the
 * agent that returns it. When the same request comes again, the next life goes on where
 * the turn was cut off: no answer of the model and no result of a tool that was there is
 * asked for again.
 * <p>
 * The client's advisors run around each model call of a turn; one that cannot stream is
 * refused. Tools run as {@link ToolSettings} say. If the model is known, its answer stays
 * on the thread that reads it, or goes on on the agent's scheduler if nobody may block
 * that; with advisors, it goes on where the agent may block. If only the client knows the
 * model, the answer goes on where Spring AI puts it, which is Reactor's shared bounded
 * elastic scheduler.
 *
 * @since 0.1.0
 */
public final class TurnRunner {

	/**
	 * How much longer than its time a turn may take if it is complete but for being kept:
	 * a store that hangs must not hang the agent.
	 */
	private static final Duration TO_KEEP = Duration.ofSeconds(30);

	private final List<ProvidedModel> models;

	private final FailureClassifier failures;

	private final AnswerCheck check;

	private final Prices prices;

	private final List<TurnQuota> quotas;

	private final TurnSettings settings;

	private final ToolSettings toolSettings;

	private final Approvals approvals;

	private final GivenUpTurns givenUp;

	private final HistoryWindow window;

	private final TurnObserver observer;

	private final OpenTurns open;

	/**
	 * Where turns survive the process; {@code null} if they do not.
	 */
	private final @Nullable TurnJournal journal;

	/**
	 * How long turns of the journal wait for people in memory; {@code null} for as long
	 * as those need.
	 */
	private final @Nullable Duration idleTimeout;

	private TurnRunner(Builder builder) {
		StreamingAdvisors.check(builder.agent, builder.models.stream().map(Called::client).toList());
		this.models = builder.models.stream()
			.map((called) -> new ProvidedModel(new ModelCall(called.client(), called.model(), builder.instructions,
					builder.tools, builder.limits, builder.line), called.provider()))
			.toList();
		this.failures = builder.failures;
		this.check = builder.check;
		this.prices = builder.prices;
		this.quotas = builder.quotas;
		this.approvals = builder.approvals;
		this.open = new OpenTurns(this.approvals::over);
		this.journal = TurnJournal.of(builder.journal, "%s@%s".formatted(builder.agent, builder.version));
		this.idleTimeout = builder.idleTimeout;
		this.givenUp = builder.givenUp;
		this.window = builder.window;
		this.settings = new TurnSettings(builder.recovery, builder.budget, this.models.size(), repeatable(builder),
				needsApproval(builder));
		this.toolSettings = builder.toolSettings;
		this.observer = new TurnObserver(builder.agent, builder.version, builder.observations, builder.listeners);
	}

	private static Predicate<String> repeatable(Builder builder) {
		return declared(builder, ToolTraits::idempotent, ToolDeclaration::idempotent);
	}

	private static Predicate<String> needsApproval(Builder builder) {
		Set<String> named = builder.approvalFor;
		return declared(builder, ToolTraits::needsApproval, ToolDeclaration::needsApproval).or(named::contains);
	}

	private static Predicate<String> declared(Builder builder, Predicate<ToolTraits> trait,
			Function<ToolDeclaration, @Nullable Boolean> said) {
		Set<String> names = builder.tools.stream()
			.filter((tool) -> trait.test(builder.toolSettings.traits(tool)))
			.map((tool) -> tool.getToolDefinition().name())
			.collect(Collectors.toUnmodifiableSet());
		Map<String, ToolDeclaration> overrides = builder.toolSettings.overrides();
		return (tool) -> {
			// Of what the client adds by itself, nothing else is known before the model
			// is called
			ToolDeclaration override = overrides.get(tool);
			return names.contains(tool) || (override != null && Boolean.TRUE.equals(said.apply(override)));
		};
	}

	/**
	 * Start to set a runner up.
	 * @param client calls the model; its advisors and defaults stay in effect, but must
	 * not run tools
	 * @return a builder
	 */
	public static Builder builder(ChatClient client) {
		return new Builder(client, null);
	}

	/**
	 * Start to set a runner up with a client whose model is known. The answer then comes
	 * from the model without a detour over threads that the whole process shares.
	 * @param client calls the model; its advisors and defaults stay in effect, but must
	 * not run tools
	 * @param model the model that the client calls, or {@code null} if only the client
	 * knows
	 * @return a builder
	 */
	public static Builder builder(ChatClient client, @Nullable ChatModel model) {
		return new Builder(client, model);
	}

	/**
	 * Run a turn on subscription, with a conversation that the caller keeps.
	 * @param request what the user says
	 * @param history what was said before, the oldest first
	 * @param context the agent that runs the turn
	 * @return the turn's events
	 * @see #run(TurnRequest, TurnConversation, AgentContext)
	 */
	public Flux<TurnEvent> run(TurnRequest request, List<? extends Message> history, AgentContext<?> context) {
		return run(request, TurnConversation.of(history), context);
	}

	/**
	 * Run a turn on subscription, or go on with it, if a life before has begun it and was
	 * cut off. Cancelling it cancels the model call and interrupts the tool under way.
	 * <p>
	 * When the provider notices is up to its client, unless there is a
	 * {@linkplain Builder#line line} for it. The turn does not wait for that.
	 * @param request what the user says
	 * @param conversation what was said before, and where a complete turn is kept
	 * @param context the agent that runs the turn
	 * @return the events, from {@link TurnStarted} to {@link TurnCompleted} or
	 * {@link TurnFailed}; each life tells {@linkplain TurnEvent#again again} what the one
	 * before may not have been heard to tell, of which whoever has asked the agent gets
	 * what is missing. A turn of the {@linkplain Builder#journal journal} may end without
	 * either, or fail with an {@link UnreadableSessionException}
	 */
	public Flux<TurnEvent> run(TurnRequest request, TurnConversation conversation, AgentContext<?> context) {
		Objects.requireNonNull(request, "'request' must not be null");
		Objects.requireNonNull(conversation, "'conversation' must not be null");
		Objects.requireNonNull(context, "'context' must not be null");
		return Flux.deferContextual((view) -> isPutAside(request, context) ? Flux.empty()
				: run(request, conversation, context, CallMeter.of(view)));
	}

	/**
	 * An agent that has left memory with a turn in hand comes back to that first,
	 * whatever has brought it back.
	 */
	private boolean isPutAside(TurnRequest request, AgentContext<?> context) {
		String asleep = this.approvals.asleep(context.path());
		if (asleep == null || asleep.equals(request.turn())) {
			return false;
		}
		context.stash();
		this.approvals.wake(context.path(), context::unstashAll);
		return true;
	}

	private Flux<TurnEvent> run(TurnRequest request, TurnConversation conversation, AgentContext<?> context,
			@Nullable CallMeter caller) {
		return this.observer.turn(request, context, (observed) -> {
			ToolCaller tools = new ToolCaller(context.path(), context.incarnation(), request.turn());
			TurnMeans means = new TurnMeans(context, this.models, new ToolRunner(tools, this.toolSettings, context),
					CallSchedulers.of(context), conversation, this.window, this.failures, this.check, this.prices,
					this.approvals, this.open, observed, this.idleTimeout);
			OpenTurn known = this.open.find(request, context);
			if (known != null || this.journal == null || !request.accepted()) {
				return lead(request, means, known, null, caller);
			}
			return this.journal.find(request, context)
				.doOnError((ex) -> this.approvals.over(context.path(), request.turn()))
				.flatMapMany((left) -> lead(request, means, null, left, caller));
		});
	}

	/**
	 * Lead a turn.
	 * @param known what a life before in this process has left, or {@code null}
	 * @param left what is in the journal; {@code null} if the turn is known, or is in
	 * none
	 */
	private Flux<TurnEvent> lead(TurnRequest request, TurnMeans means, @Nullable OpenTurn known, @Nullable Left left,
			@Nullable CallMeter caller) {
		AgentContext<?> context = means.context();
		TurnMachine machine = new TurnMachine(request, this.settings, TurnRunner::random);
		TurnReplay replay = (left != null && !left.steps().isEmpty())
				? TurnReplay.of(context.path(), left.steps(), left.lastText(), machine) : null;
		TurnPlaces places = new TurnPlaces(this.quotas, context);
		TurnFailure full = places.take(known != null || replay != null);
		if (full != null) {
			return Flux.just(new TurnStarted(request.turn()),
					new TurnFailed(request.turn(), full.failure().id(), full.detail()));
		}
		OpenTurn record = (known != null) ? known
				: begin(request, (left != null) ? left.log() : null, replay != null, context);
		if (replay != null) {
			record.leftOff(replay, context.scheduler().now(TimeUnit.MILLISECONDS));
		}
		TurnRun run = new TurnRun(request, means, machine, record, places, caller);
		record.ledBy(run);
		return places.hold(inTime(events(run, record, replay), request, record, run, context))
			.doOnNext((event) -> keepIfGivenUp(request, event, record, context))
			.doOnCancel(() -> forgetIfLeft(request.turn(), record, context))
			.doOnTerminate(run::over)
			.doOnCancel(run::over)
			.doFinally((signal) -> record.leftBy(run));
	}

	private Flux<TurnEvent> events(TurnRun run, OpenTurn record, @Nullable TurnReplay replay) {
		// a life that ended before it knew the conversation has left nothing to go on
		// with
		Flux<TurnEvent> events = run.begin();
		if (record.beganAt() != null) {
			events = (replay != null) ? run.reopen().startWith(replay.told()) : run.resume();
		}
		return events.onErrorResume(run::isOfJournal, run::leave);
	}

	/**
	 * What a turn before has asked is void, whatever became of it. What this one has
	 * asked before it left memory may be decided by now.
	 */
	private OpenTurn begin(TurnRequest request, @Nullable TurnLog log, boolean again, AgentContext<?> context) {
		if (again) {
			this.approvals.awake(context.path(), request.turn());
		}
		else {
			this.approvals.forget(context.path());
		}
		return this.open.begin(context.path(), request, log);
	}

	private void keepIfGivenUp(TurnRequest request, TurnEvent event, OpenTurn record, AgentContext<?> context) {
		if (event instanceof TurnFailed failed && record.isFirstEnd()) {
			// another object, or it would be taken for what a life before was cut off in;
			// for a journal the turn is over, whoever tries it again
			TurnRequest again = request.notAccepted();
			this.givenUp
				.add(new GivenUpTurn(context.path(), context.incarnation(), again, FailureClass.of(failed.failure()),
						failed.detail(), Instant.ofEpochMilli(context.scheduler().now(TimeUnit.MILLISECONDS))));
		}
	}

	/**
	 * No other life goes on with a turn that nobody wants any more.
	 */
	private void forgetIfLeft(String turn, OpenTurn record, AgentContext<?> context) {
		if (context.isCancelled()) {
			this.open.forget(context.path(), record);
			this.approvals.over(context.path(), turn);
		}
	}

	private static double random() {
		return ThreadLocalRandom.current().nextDouble();
	}

	private Flux<TurnEvent> inTime(Flux<TurnEvent> events, TurnRequest request, OpenTurn record, TurnRun life,
			AgentContext<?> context) {
		AtomicBoolean ended = new AtomicBoolean();
		return events.takeUntilOther(timeIsUp(record, context))
			.doOnNext((event) -> ended.set(event.last()))
			.concatWith(Mono.fromSupplier(
					() -> (ended.get() || !record.isLedBy(life)) ? null : outOfTime(request, record, context)));
	}

	private Mono<Void> timeIsUp(OpenTurn record, AgentContext<?> context) {
		return new TurnTime(record, this.settings.budget().time(), context).isUp()
			.then(Mono
				.defer(() -> record.isCutOffByTime() ? Mono.empty() : Mono.delay(TO_KEEP, context.scheduler()).then()));
	}

	private TurnFailed outOfTime(TurnRequest request, OpenTurn record, AgentContext<?> context) {
		this.open.end(request, context, record);
		this.approvals.over(context.path(), request.turn());
		return new TurnFailed(request.turn(), FailureClass.BUDGET_SPENT.id(),
				"No answer within the time limit %s".formatted(this.settings.budget().time()));
	}

	/**
	 * Collects what turns are run with.
	 *
	 * @since 0.1.0
	 */
	public static final class Builder {

		private final List<Called> models = new ArrayList<>();

		private String instructions = "";

		private List<ToolCallback> tools = List.of();

		private ToolSettings toolSettings = ToolSettings.defaults();

		private CallLimits limits = CallLimits.defaults();

		private ModelLine line = ModelLine.plain();

		private Budget budget = Budget.defaults();

		private Prices prices = Prices.none();

		private List<TurnQuota> quotas = List.of();

		private RecoveryPolicy recovery = RecoveryPolicy.defaults();

		private FailureClassifier failures = FailureClassifier.known();

		private AnswerCheck check = AnswerCheck.none();

		private Approvals approvals = new Approvals();

		private GivenUpTurns givenUp = new GivenUpTurns(0);

		private HistoryWindow window = HistoryWindow.all();

		private Set<String> approvalFor = Set.of();

		private @Nullable JournalWriters journal;

		private @Nullable Duration idleTimeout;

		private String agent = "other";

		private String version = "";

		private ObservationRegistry observations = ObservationRegistry.NOOP;

		private List<TurnListener> listeners = List.of();

		private Builder(ChatClient client, @Nullable ChatModel model) {
			this.models.add(new Called(Objects.requireNonNull(client, "'client' must not be null"), model, null));
		}

		/**
		 * Set the provider behind the first model, which says when it may be called.
		 * Default: always.
		 * @param provider the provider, shared with others
		 * @return this builder
		 */
		public Builder provider(ModelProvider provider) {
			Called first = this.models.get(0);
			this.models.set(0, new Called(first.client(), first.model(),
					Objects.requireNonNull(provider, "'provider' must not be null")));
			return this;
		}

		/**
		 * Add a model to switch to, after those that were added before.
		 * @param client calls the model
		 * @param model the model that the client calls, or {@code null} if only the
		 * client knows
		 * @return this builder
		 */
		public Builder fallback(ChatClient client, @Nullable ChatModel model) {
			return fallback(client, model, null);
		}

		/**
		 * Add a model to switch to, after those that were added before.
		 * @param client calls the model
		 * @param model the model that the client calls, or {@code null} if only the
		 * client knows
		 * @param provider says when the model may be called, or {@code null} if always
		 * @return this builder
		 */
		public Builder fallback(ChatClient client, @Nullable ChatModel model, @Nullable ModelProvider provider) {
			this.models.add(new Called(Objects.requireNonNull(client, "'client' must not be null"), model, provider));
			return this;
		}

		/**
		 * Set the system text. Default: the client's own, if it has one.
		 * @param instructions the text; blank for the default
		 * @return this builder
		 */
		public Builder instructions(String instructions) {
			this.instructions = Objects.requireNonNull(instructions, "'instructions' must not be null");
			return this;
		}

		/**
		 * Set the tools to offer besides the client's own. Default: none.
		 * @param tools the tools
		 * @return this builder
		 */
		public Builder tools(List<? extends ToolCallback> tools) {
			this.tools = List.copyOf(Objects.requireNonNull(tools, "'tools' must not be null"));
			return this;
		}

		/**
		 * Set how tools are called. Default: {@link ToolSettings#defaults()}.
		 * @param toolSettings the settings
		 * @return this builder
		 */
		public Builder toolSettings(ToolSettings toolSettings) {
			this.toolSettings = Objects.requireNonNull(toolSettings, "'toolSettings' must not be null");
			return this;
		}

		/**
		 * Set how long each model call may take. Default: {@link CallLimits#defaults()}.
		 * @param limits the limits
		 * @return this builder
		 */
		public Builder limits(CallLimits limits) {
			this.limits = Objects.requireNonNull(limits, "'limits' must not be null");
			return this;
		}

		/**
		 * Set what models are called over, which decides how soon their providers see
		 * that a call is cancelled. Default: {@link ModelLine#plain()}.
		 * @param line the line
		 * @return this builder
		 */
		public Builder line(ModelLine line) {
			this.line = Objects.requireNonNull(line, "'line' must not be null");
			return this;
		}

		/**
		 * Set what each turn may cost. Default: {@link Budget#defaults()}.
		 * @param budget the limits
		 * @return this builder
		 */
		public Builder budget(Budget budget) {
			this.budget = Objects.requireNonNull(budget, "'budget' must not be null");
			return this;
		}

		/**
		 * Set what models cost, for budgets with a limit of money. Default: nothing.
		 * @param prices the prices
		 * @return this builder
		 */
		public Builder prices(Prices prices) {
			this.prices = Objects.requireNonNull(prices, "'prices' must not be null");
			return this;
		}

		/**
		 * Set how many turns there may be at once. Default: any number.
		 * @param quotas the quotas, of which a turn needs a place in each
		 * @return this builder
		 */
		public Builder quotas(List<TurnQuota> quotas) {
			this.quotas = List.copyOf(Objects.requireNonNull(quotas, "'quotas' must not be null"));
			return this;
		}

		/**
		 * Set what is done about failures. Default: {@link RecoveryPolicy#defaults()}.
		 * @param recovery the ladders
		 * @return this builder
		 */
		public Builder recovery(RecoveryPolicy recovery) {
			this.recovery = Objects.requireNonNull(recovery, "'recovery' must not be null");
			return this;
		}

		/**
		 * Set what tells a provider's failures from bugs. Default:
		 * {@link FailureClassifier#known()}.
		 * @param failures the classifier
		 * @return this builder
		 */
		public Builder failures(FailureClassifier failures) {
			this.failures = Objects.requireNonNull(failures, "'failures' must not be null");
			return this;
		}

		/**
		 * Set what looks at final answers. Default: {@link AnswerCheck#none()}.
		 * @param check the check
		 * @return this builder
		 */
		public Builder check(AnswerCheck check) {
			this.check = Objects.requireNonNull(check, "'check' must not be null");
			return this;
		}

		/**
		 * Set where turns ask people. Default: a place of its own, where nobody decides.
		 * @param approvals the place, shared with whoever decides
		 * @return this builder
		 */
		public Builder approvals(Approvals approvals) {
			this.approvals = Objects.requireNonNull(approvals, "'approvals' must not be null");
			return this;
		}

		/**
		 * Set how much of what was said before a model is told: the latest whole turns
		 * that have so many tokens. Default: all.
		 * @param tokens how many, zero for any number
		 * @param estimator counts tokens, {@code null} for the one that fits OpenAI's
		 * models and is near enough for others
		 * @return this builder
		 * @throws IllegalArgumentException if the number is negative
		 */
		public Builder historyTokens(int tokens, @Nullable TokenCountEstimator estimator) {
			this.window = new HistoryWindow(tokens, estimator);
			return this;
		}

		/**
		 * Set where turns are kept that are given up. Default: nowhere.
		 * @param givenUp the place, shared with whoever looks at them
		 * @return this builder
		 */
		public Builder givenUp(GivenUpTurns givenUp) {
			this.givenUp = Objects.requireNonNull(givenUp, "'givenUp' must not be null");
			return this;
		}

		/**
		 * Set which tools are not called before a person has approved each call. Default:
		 * none.
		 * @param tools their names
		 * @return this builder
		 */
		public Builder approvalFor(Set<String> tools) {
			this.approvalFor = Set.copyOf(Objects.requireNonNull(tools, "'tools' must not be null"));
			return this;
		}

		/**
		 * Set the journal in which turns survive the process that are
		 * {@linkplain TurnRequest#asAccepted() accepted} there. If it is durable, each
		 * step of such a turn is written before anything follows from it, a call of a
		 * tool before it is made; the turn waits where the journal is away, in which time
		 * its own time stands still. Default: none.
		 * <p>
		 * When the request of a turn comes that this process does not know and the
		 * journal does, the turn goes on where it was: no answer of the model and no
		 * result of a tool that was written is asked for again. A call of a tool that was
		 * cut off is made again if the tool is idempotent; else the model is told that
		 * nobody knows how far it came. A model call that was cut off is made again,
		 * which clients are told with {@link Recovering#PROCESS_ENDED}. The time in which
		 * no process had the turn does not count.
		 * <p>
		 * Such a turn is told from its beginning, each text that was written in one
		 * {@link Token}: nobody knows how much of it the process before came to tell.
		 * Whoever keeps the events leaves out what there is.
		 * <p>
		 * What cannot be read or followed fails the turn with an
		 * {@link UnreadableSessionException}, and the agent lives on. If somebody else
		 * has taken the session over, the turn ends without a last event.
		 * @param journal writes the sessions, shared with whoever accepts turns
		 * @return this builder
		 */
		public Builder journal(JournalWriters journal) {
			this.journal = Objects.requireNonNull(journal, "'journal' must not be null");
			return this;
		}

		/**
		 * Let agents leave memory whose turns wait for nothing but people. After this
		 * time such a turn says {@link TurnAsleep} and its agent stops; the turn goes on
		 * where it was when it is sent again, which a
		 * {@link io.switchboard.ai.approval.TurnWaker} does as soon as somebody has
		 * decided. Another turn that comes meanwhile waits for that one, for which the
		 * publisher has to be subscribed to where the behaviour returns it. Default: they
		 * stay.
		 * <p>
		 * It counts for turns of a durable {@linkplain #journal journal} and where there
		 * is a waker; all others wait in memory. The agents have to come back with their
		 * next message, as those of a template do.
		 * @param idleTimeout the time, more than zero, or {@code null} to stay
		 * @return this builder
		 * @see io.switchboard.supervision.AgentSpec.Builder#idleTimeout
		 */
		public Builder idleTimeout(@Nullable Duration idleTimeout) {
			this.idleTimeout = idleTimeout;
			return this;
		}

		/**
		 * Set what the agent is called where turns are observed and counted. Default:
		 * {@code other}.
		 * @param agent the name, the same for all agents of one kind
		 * @param version the version of the agent's definition; blank if it is not known
		 * @return this builder
		 */
		public Builder agent(String agent, String version) {
			this.agent = Objects.requireNonNull(agent, "'agent' must not be null");
			this.version = Objects.requireNonNull(version, "'version' must not be null");
			return this;
		}

		/**
		 * Set where turns and their steps are observed. Default: nowhere, at no cost.
		 * @param observations the observations, which Spring AI should have as well
		 * @return this builder
		 */
		public Builder observations(ObservationRegistry observations) {
			this.observations = Objects.requireNonNull(observations, "'observations' must not be null");
			return this;
		}

		/**
		 * Set who counts what turns cost and recover from. Default: nobody.
		 * @param listeners told as it happens
		 * @return this builder
		 */
		public Builder listeners(List<? extends TurnListener> listeners) {
			this.listeners = List.copyOf(Objects.requireNonNull(listeners, "'listeners' must not be null"));
			return this;
		}

		/**
		 * Set the runner up. It can be used for any number of turns.
		 * @return the runner
		 * @throws io.switchboard.supervision.InvalidSpecificationException if a client
		 * has an advisor that cannot stream, and would not be run
		 */
		public TurnRunner build() {
			return new TurnRunner(this);
		}

	}

	/**
	 * What is called.
	 *
	 * @param client the client
	 * @param model the model behind it, or {@code null} if only the client knows
	 * @param provider says when it may be called, or {@code null} if always
	 */
	private record Called(ChatClient client, @Nullable ChatModel model, @Nullable ModelProvider provider) {

	}

}
