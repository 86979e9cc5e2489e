package io.switchboard.ai;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import io.micrometer.observation.ObservationRegistry;
import io.switchboard.AgentPath;
import io.switchboard.ai.approval.Approvals;
import io.switchboard.ai.failure.FailureClassifier;
import io.switchboard.ai.model.CallLimits;
import io.switchboard.ai.model.ModelLine;
import io.switchboard.ai.model.ModelProvider;
import io.switchboard.ai.recovery.RecoveryPolicy;
import io.switchboard.ai.tool.ToolMethods;
import io.switchboard.ai.tool.ToolSettings;
import io.switchboard.ai.turn.AnswerCheck;
import io.switchboard.ai.turn.Budget;
import io.switchboard.ai.turn.GivenUpTurns;
import io.switchboard.ai.turn.Prices;
import io.switchboard.ai.turn.TurnEvent;
import io.switchboard.ai.turn.TurnListener;
import io.switchboard.ai.turn.TurnQuota;
import io.switchboard.ai.turn.TurnRequest;
import io.switchboard.ai.turn.TurnRunner;
import io.switchboard.journal.JournalWriters;
import io.switchboard.mailbox.MailboxSpec;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.BehaviourFactory;
import io.switchboard.supervision.InvalidSpecificationException;
import io.switchboard.supervision.InvalidSpecificationException.Problem;
import io.switchboard.supervision.Restart;
import io.switchboard.supervision.Shutdown;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.tokenizer.TokenCountEstimator;
import org.springframework.ai.tool.ToolCallback;

/**
 * Specifies agents that answer with the help of a model.
 * <p>
 * Such an agent takes {@link TurnRequest}s and answers each with a stream of
 * {@link TurnEvent}s. It needs one of {@link Builder#model},
 * {@link Builder#client(ChatClient) client} and {@link Builder#client(ChatClient.Builder)
 * client builder}; all else has defaults:
 *
 * <pre class="code">
 * AgentSpec&lt;TurnRequest&gt; triage = ModelAgent.builder("triage")
 *     .model(chatModel)
 *     .instructions("Say which desk the question belongs to.")
 *     .build();
 * </pre>
 *
 * For one agent a session, give a {@linkplain Builder#template() template} to a dynamic
 * supervisor.
 * <p>
 * Several agents may share a model, a client and conversations.
 *
 * @since 0.1.0
 */
public final class ModelAgent {

	private ModelAgent() {
	}

	/**
	 * Start to specify an agent.
	 * @param name the agent's name, one segment of a path; a template names its agents by
	 * their keys and uses this for messages, observations and meters
	 * @return a builder
	 */
	public static Builder builder(String name) {
		return new Builder(name);
	}

	/**
	 * Start to specify an agent around a behaviour that takes turns. What a crash cuts
	 * off is handed to the next life, which goes on with the turn, and a stop does not
	 * wait for the turn in hand.
	 * <p>
	 * You probably want {@link #builder(String)}, which makes the behaviour as well. This
	 * is for behaviours that are made later than their specification.
	 * @param id the agent's id
	 * @param behaviours makes a behaviour for each life, such as that of another
	 * specification
	 * @return a builder
	 */
	public static AgentSpec.Builder<TurnRequest> specify(String id, BehaviourFactory<TurnRequest> behaviours) {
		return AgentSpec.builder(id, TurnRequest.class, behaviours).redelivers(true).stopsAtOnce(true);
	}

	/**
	 * Collects the settings of a model agent.
	 *
	 * @since 0.1.0
	 */
	public static final class Builder {

		private final String name;

		private final List<Called> called = new ArrayList<>();

		private @Nullable ModelProvider provider;

		private String instructions = "";

		private List<ToolCallback> tools = List.of();

		private ToolSettings toolSettings = ToolSettings.defaults();

		private Conversations conversations = Conversations.inMemory();

		private CallLimits limits = CallLimits.defaults();

		private ModelLine line = ModelLine.plain();

		private Budget budget = Budget.defaults();

		private Prices prices = Prices.none();

		private List<TurnQuota> quotas = List.of();

		private final List<Called> fallbacks = new ArrayList<>();

		private RecoveryPolicy recovery = RecoveryPolicy.defaults();

		private FailureClassifier failures = FailureClassifier.known();

		private AnswerCheck check = AnswerCheck.none();

		private @Nullable Approvals approvals;

		private GivenUpTurns givenUp = new GivenUpTurns(0);

		private int historyTokens;

		private @Nullable TokenCountEstimator estimator;

		private Set<String> approvalFor = Set.of();

		private @Nullable JournalWriters journal;

		private @Nullable Duration idleTimeout;

		private String version = "1";

		private ObservationRegistry observations = ObservationRegistry.NOOP;

		private List<TurnListener> listeners = List.of();

		private UnaryOperator<AgentSpec.Builder<TurnRequest>> settings = UnaryOperator.identity();

		private Builder(String name) {
			this.name = Objects.requireNonNull(name, "'name' must not be null");
		}

		/**
		 * Call this model, with no advisors.
		 * @param model the model
		 * @return this builder
		 */
		public Builder model(ChatModel model) {
			return client(ChatClient.create(Objects.requireNonNull(model, "'model' must not be null")), model);
		}

		/**
		 * Call the model through this client. Its advisors, tools and defaults stay in
		 * effect; advisors run around each model call of a turn, with the agent's path as
		 * the conversation's id. It must not have an advisor that runs tools, because the
		 * agent does, and needs none that remembers the conversation, which would then be
		 * told twice.
		 * @param client the client
		 * @return this builder
		 */
		public Builder client(ChatClient client) {
			this.called.add(new Called(Objects.requireNonNull(client, "'client' must not be null"), null, null));
			return this;
		}

		/**
		 * Call this model through a client for it. As {@link #client(ChatClient)}, but as
		 * long as the client has no advisors, the answer comes from the model without a
		 * change of threads.
		 * @param client the client
		 * @param model the model that the client calls
		 * @return this builder
		 */
		public Builder client(ChatClient client, ChatModel model) {
			this.called.add(new Called(Objects.requireNonNull(client, "'client' must not be null"),
					Objects.requireNonNull(model, "'model' must not be null"), null));
			return this;
		}

		/**
		 * Call the model through a client from this builder, which is built at once.
		 * @param client builds the client
		 * @return this builder
		 * @see #client(ChatClient)
		 */
		public Builder client(ChatClient.Builder client) {
			return client(Objects.requireNonNull(client, "'client' must not be null").build());
		}

		/**
		 * Set the provider behind the model, which says when it may be called. Default:
		 * always.
		 * @param provider the provider, to be shared with all agents that call the model
		 * @return this builder
		 */
		public Builder provider(ModelProvider provider) {
			this.provider = Objects.requireNonNull(provider, "'provider' must not be null");
			return this;
		}

		/**
		 * Set the system text. Default: the client's own, if it has one; a text that is
		 * not blank replaces that.
		 * @param instructions the text; blank for the default
		 * @return this builder
		 */
		public Builder instructions(String instructions) {
			this.instructions = Objects.requireNonNull(instructions, "'instructions' must not be null");
			return this;
		}

		/**
		 * Set the tools to offer to the model. Default: the client's own only.
		 * <p>
		 * Tools may block. What a tool throws crashes the agent, unless the tool declares
		 * it. Make those of annotated methods with {@link ToolMethods}.
		 * @param tools the tools, each with a name of its own
		 * @return this builder
		 */
		public Builder tools(List<? extends ToolCallback> tools) {
			this.tools = List.copyOf(Objects.requireNonNull(tools, "'tools' must not be null"));
			return this;
		}

		/**
		 * Let calls of tools be tasks below a dynamic supervisor: seen in the tree,
		 * limited in number, and ended with the turn. Default: none, calls are made
		 * inside the agent.
		 * @param supervisor the supervisor's path
		 * @return this builder
		 */
		public Builder toolSupervisor(AgentPath supervisor) {
			this.toolSettings = this.toolSettings.withSupervisor(supervisor);
			return this;
		}

		/**
		 * Set how tools are called. Default: {@link ToolSettings#defaults()}.
		 * @param toolSettings the settings, the supervisor included
		 * @return this builder
		 */
		public Builder toolSettings(ToolSettings toolSettings) {
			this.toolSettings = Objects.requireNonNull(toolSettings, "'toolSettings' must not be null");
			return this;
		}

		/**
		 * Set where the conversation is kept. Default: in memory, apart from those of
		 * other builders.
		 * @param conversations the conversations; they may be shared, each agent has its
		 * own by its path
		 * @return this builder
		 */
		public Builder conversations(Conversations conversations) {
			this.conversations = Objects.requireNonNull(conversations, "'conversations' must not be null");
			return this;
		}

		/**
		 * Set how long each model call of a turn may take. Default:
		 * {@link CallLimits#defaults()}.
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
		 * Set what one turn may cost. Default: {@link Budget#defaults()}.
		 * @param budget the limits
		 * @return this builder
		 */
		public Builder budget(Budget budget) {
			this.budget = Objects.requireNonNull(budget, "'budget' must not be null");
			return this;
		}

		/**
		 * Set what models cost, for a budget with a limit of money. Default: nothing.
		 * @param prices the prices
		 * @return this builder
		 */
		public Builder prices(Prices prices) {
			this.prices = Objects.requireNonNull(prices, "'prices' must not be null");
			return this;
		}

		/**
		 * Set how many turns there may be at once, of this agent, of all that a template
		 * makes, or of whoever else has the same quota. Default: any number.
		 * @param quotas the quotas, of which a turn needs a place in each
		 * @return this builder
		 */
		public Builder quotas(List<TurnQuota> quotas) {
			this.quotas = List.copyOf(Objects.requireNonNull(quotas, "'quotas' must not be null"));
			return this;
		}

		/**
		 * Add a model to switch to where the recovery says so, after those that were
		 * added before. Default: none.
		 * @param model the model, called with no advisors
		 * @return this builder
		 */
		public Builder fallback(ChatModel model) {
			return fallback(ChatClient.create(Objects.requireNonNull(model, "'model' must not be null")), model);
		}

		/**
		 * Add a model to switch to where the recovery says so, after those that were
		 * added before. Default: none.
		 * @param client calls the model
		 * @param model the model that the client calls
		 * @return this builder
		 * @see #client(ChatClient, ChatModel)
		 */
		public Builder fallback(ChatClient client, ChatModel model) {
			return fallback(client, model, null);
		}

		/**
		 * Add a model to switch to where the recovery says so, after those that were
		 * added before. Default: none.
		 * @param client calls the model
		 * @param model the model that the client calls
		 * @param provider says when the model may be called, or {@code null} if always
		 * @return this builder
		 * @see #provider(ModelProvider)
		 */
		public Builder fallback(ChatClient client, ChatModel model, @Nullable ModelProvider provider) {
			this.fallbacks.add(new Called(Objects.requireNonNull(client, "'client' must not be null"),
					Objects.requireNonNull(model, "'model' must not be null"), provider));
			return this;
		}

		/**
		 * Set what is done about failures in a turn. Default:
		 * {@link RecoveryPolicy#defaults()}.
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
		 * Set what looks at final answers before they count, such as for their language.
		 * Default: nothing does.
		 * @param check the check
		 * @return this builder
		 */
		public Builder check(AnswerCheck check) {
			this.check = Objects.requireNonNull(check, "'check' must not be null");
			return this;
		}

		/**
		 * Set where turns ask people, as the tools in {@link #approvalFor} and the rung
		 * {@code ask-human} need. Default: nowhere.
		 * @param approvals the place, shared with whoever decides
		 * @return this builder
		 */
		public Builder approvals(Approvals approvals) {
			this.approvals = Objects.requireNonNull(approvals, "'approvals' must not be null");
			return this;
		}

		/**
		 * Set how much of the conversation a model is told: the latest whole turns that
		 * have so many tokens. The conversation itself stays as it is. Default: all.
		 * @param tokens how many, zero for any number
		 * @return this builder
		 * @throws IllegalArgumentException if the number is negative
		 */
		public Builder historyTokens(int tokens) {
			return historyTokens(tokens, null);
		}

		/**
		 * Set how much of the conversation a model is told, and how that is counted.
		 * @param tokens how many, zero for any number
		 * @param estimator counts tokens, {@code null} for the one that fits OpenAI's
		 * models and is near enough for others
		 * @return this builder
		 * @throws IllegalArgumentException if the number is negative
		 */
		public Builder historyTokens(int tokens, @Nullable TokenCountEstimator estimator) {
			if (tokens < 0) {
				throw new IllegalArgumentException(
						"Model agent '%s' is told %d tokens of its conversation: zero or more is needed, where zero is all"
							.formatted(this.name, tokens));
			}
			this.historyTokens = tokens;
			this.estimator = estimator;
			return this;
		}

		/**
		 * Set where turns are kept that are given up, to be looked at or replayed.
		 * Default: nowhere.
		 * @param givenUp the place, shared with whoever looks at them
		 * @return this builder
		 */
		public Builder givenUp(GivenUpTurns givenUp) {
			this.givenUp = Objects.requireNonNull(givenUp, "'givenUp' must not be null");
			return this;
		}

		/**
		 * Set which tools are not called before a person has approved each call. The turn
		 * says {@link io.switchboard.ai.turn.AwaitingApproval} and waits as long as it
		 * takes; a handler time-out of the agent counts that time as well. Default: none.
		 * @param tools their names
		 * @return this builder
		 */
		public Builder approvalFor(String... tools) {
			this.approvalFor = new LinkedHashSet<>(List.of(tools));
			return this;
		}

		/**
		 * Set the journal in which turns survive the process that are
		 * {@linkplain TurnRequest#asAccepted() accepted} there. Default: none. You
		 * probably want conversations that are in it, too.
		 * @param journal writes the sessions, shared with whoever accepts turns
		 * @return this builder
		 * @see TurnRunner.Builder#journal(JournalWriters)
		 */
		public Builder journal(JournalWriters journal) {
			this.journal = Objects.requireNonNull(journal, "'journal' must not be null");
			return this;
		}

		/**
		 * Let agents leave memory that have had nothing to do for a while, or whose turns
		 * have waited for nothing but people. A conversation is kept apart from its
		 * agent, and a turn of a durable {@link #journal journal} goes on when it is sent
		 * again; any other turn keeps its agent. Default: they stay.
		 * @param idleTimeout the time, more than zero, or {@code null} to stay; the
		 * agents must not be {@linkplain Restart#PERMANENT permanent}
		 * @return this builder
		 * @see AgentSpec.Builder#idleTimeout
		 * @see TurnRunner.Builder#idleTimeout
		 */
		public Builder idleTimeout(@Nullable Duration idleTimeout) {
			this.idleTimeout = idleTimeout;
			return with((spec) -> spec.idleTimeout(idleTimeout));
		}

		/**
		 * Set which ends are answered with a restart. Default: as in {@link AgentSpec}.
		 * @param restart the restart type
		 * @return this builder
		 */
		public Builder restart(Restart restart) {
			return with((spec) -> spec.restart(restart));
		}

		/**
		 * Set how long a stop may take. It cuts a turn in hand off at once, so this is
		 * the time for what is left to clean up. Default: as in {@link AgentSpec}.
		 * @param shutdown the shutdown setting
		 * @return this builder
		 */
		public Builder shutdown(Shutdown shutdown) {
			return with((spec) -> spec.shutdown(shutdown));
		}

		/**
		 * Set the queue in front of the agent. Default: as in {@link AgentSpec}.
		 * @param mailbox the mailbox's specification
		 * @return this builder
		 */
		public Builder mailbox(MailboxSpec mailbox) {
			return with((spec) -> spec.mailbox(mailbox));
		}

		/**
		 * Let the agent's end by itself end its supervisor. Default: not.
		 * @param significant whether it does
		 * @return this builder
		 */
		public Builder significant(boolean significant) {
			return with((spec) -> spec.significant(significant));
		}

		/**
		 * Tag the definition, for operators. Default: as in {@link AgentSpec}.
		 * @param version the version
		 * @return this builder
		 */
		public Builder version(String version) {
			this.version = version;
			return with((spec) -> spec.version(version));
		}

		/**
		 * Set where turns and their steps are observed: {@code switchboard.turn} and,
		 * below it, {@code switchboard.turn.step}, which Spring AI's own observations are
		 * below. Default: nowhere, at no cost.
		 * @param observations the observations, which the model and the client should
		 * have as well
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

		private Builder with(UnaryOperator<AgentSpec.Builder<TurnRequest>> setting) {
			UnaryOperator<AgentSpec.Builder<TurnRequest>> before = this.settings;
			this.settings = (spec) -> setting.apply(before.apply(spec));
			return this;
		}

		/**
		 * Check the settings and make the specification of one agent.
		 * @return the specification
		 * @throws InvalidSpecificationException naming every setting that is wrong
		 */
		public AgentSpec<TurnRequest> build() {
			return template(check()).apply(this.name);
		}

		/**
		 * Check the settings and make the means to specify one agent a key, for a dynamic
		 * supervisor. Changing this builder afterwards does not change the template.
		 * @return specifies the agent for a key
		 * @throws InvalidSpecificationException naming every setting that is wrong
		 */
		public Function<String, AgentSpec<TurnRequest>> template() {
			// A mistake in the settings shows here, not when the first session begins
			build();
			return template(check());
		}

		private Function<String, AgentSpec<TurnRequest>> template(Called called) {
			TurnRunner runner = runner(called);
			Conversations kept = this.conversations;
			UnaryOperator<AgentSpec.Builder<TurnRequest>> applied = this.settings;
			return (key) -> applied.apply(specify(key, () -> new ModelBehaviour(runner, kept))).build();
		}

		private TurnRunner runner(Called called) {
			TurnRunner.Builder runner = TurnRunner.builder(called.client(), called.model())
				.instructions(this.instructions)
				.tools(this.tools)
				.toolSettings(this.toolSettings)
				.limits(this.limits)
				.line(this.line)
				.budget(this.budget)
				.prices(this.prices)
				.quotas(this.quotas)
				.recovery(this.recovery)
				.failures(this.failures)
				.check(this.check)
				.approvalFor(this.approvalFor)
				.givenUp(this.givenUp)
				.historyTokens(this.historyTokens, this.estimator)
				.agent(this.name, this.version)
				.idleTimeout(this.idleTimeout)
				.observations(this.observations)
				.listeners(this.listeners);
			if (this.approvals != null) {
				runner.approvals(this.approvals);
			}
			if (this.journal != null) {
				runner.journal(this.journal);
			}
			if (this.provider != null) {
				runner.provider(this.provider);
			}
			this.fallbacks
				.forEach((fallback) -> runner.fallback(fallback.client(), fallback.model(), fallback.provider()));
			return runner.build();
		}

		private Called check() {
			List<Problem> problems = new ArrayList<>();
			if (this.called.size() != 1) {
				problems.add(new Problem("model, client",
						"%d are given, exactly one is needed: a ChatModel, a ChatClient or a ChatClient.Builder"
							.formatted(this.called.size())));
			}
			for (String duplicate : duplicateToolNames()) {
				problems.add(new Problem("tools", ("two tools are named '%s', and the model could not tell them apart: "
						+ "rename one, as with @Tool(name = ...)")
					.formatted(duplicate)));
			}
			Set<String> asked = askedAbout();
			if (this.approvals == null && !asked.isEmpty()) {
				problems.add(new Problem("approvals",
						"calls of %s need somebody's approval, but nobody can give it: set 'approvals' as well"
							.formatted(asked)));
			}
			if (this.approvals == null && this.recovery.asksPeople()) {
				problems.add(new Problem("recovery",
						"a ladder has the rung 'ask-human', but nobody can answer: set 'approvals' as well"));
			}
			if (!problems.isEmpty()) {
				throw new InvalidSpecificationException("model agent '" + this.name + "'", problems);
			}
			return this.called.get(0);
		}

		private Set<String> askedAbout() {
			Set<String> result = new TreeSet<>(this.approvalFor);
			for (ToolCallback tool : this.tools) {
				if (this.toolSettings.traits(tool).needsApproval()) {
					result.add(tool.getToolDefinition().name());
				}
			}
			return result;
		}

		private Set<String> duplicateToolNames() {
			Set<String> names = new HashSet<>();
			Set<String> result = new LinkedHashSet<>();
			for (ToolCallback tool : this.tools) {
				String toolName = tool.getToolDefinition().name();
				if (!names.add(toolName)) {
					result.add(toolName);
				}
			}
			return result;
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
