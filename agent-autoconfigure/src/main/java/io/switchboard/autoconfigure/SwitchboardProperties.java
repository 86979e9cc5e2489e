package io.switchboard.autoconfigure;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.switchboard.mailbox.OverflowPolicy;
import io.switchboard.runtime.BlockingThreads;
import io.switchboard.runtime.WorkerSettings;
import io.switchboard.supervision.AutoShutdown;
import io.switchboard.supervision.Restart;
import io.switchboard.supervision.Strategy;
import io.switchboard.supervision.WhenBudgetSpent;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The supervision tree and its agents, as configured.
 *
 * @param root Root supervisor.
 * @param supervisors Supervisors by name. Names are unique over the application.
 * @param agents Agents by name. Names are unique over the application.
 * @param providers What agents share of the providers behind their chat models, by the
 * bean names of the models.
 * @param prices What models cost, by the names that providers give them.
 * @param tools How agents that are described in properties call their tools.
 * @param askTimeout How long an ask waits that names no time of its own.
 * @param handlerTimeout How long an annotated agent may have a message in hand before it
 * crashes, unless it says otherwise itself. Zero for no limit.
 * @param onRootExit What to do when the root supervisor ends by itself.
 * @param showContent Whether the log, crash reports and endpoints may quote messages,
 * states and exceptions, in which prompts, keys and personal data may be. For an
 * application without a Sanitizer bean of its own.
 * @param crashReports What is kept of crashes.
 * @param workers Threads that carry agents.
 * @param blocking Threads that carry work that blocks.
 * @param retry How long turns wait before they call a model again.
 * @param calls How long each call of a model may take.
 * @since 0.1.0
 */
@ConfigurationProperties("switchboard")
public record SwitchboardProperties(@DefaultValue Root root, Map<String, Supervisor> supervisors,
		Map<String, Agent> agents, Map<String, Provider> providers, Map<String, Price> prices,
		@DefaultValue Tools tools, @DefaultValue("5m") Duration askTimeout, @DefaultValue("0s") Duration handlerTimeout,
		@DefaultValue("stay") RootExitAction onRootExit, @DefaultValue("false") boolean showContent,
		@DefaultValue CrashReports crashReports, @DefaultValue Workers workers, @DefaultValue Blocking blocking,
		@DefaultValue Retry retry, @DefaultValue Calls calls) {

	/**
	 * Keep the maps in the order they were bound in.
	 */
	public SwitchboardProperties {
		supervisors = inOrder(supervisors);
		agents = inOrder(agents);
		providers = inOrder(providers);
		prices = inOrder(prices);
	}

	private static <V> Map<String, V> inOrder(@Nullable Map<String, V> map) {
		return (map != null) ? Collections.unmodifiableMap(new LinkedHashMap<>(map)) : Map.of();
	}

	/**
	 * The settings of the threads, for the system's builder.
	 * @return the settings
	 */
	WorkerSettings workerSettings() {
		WorkerSettings defaults = WorkerSettings.defaults();
		return new WorkerSettings(Objects.requireNonNullElse(this.workers.count(), defaults.count()),
				this.workers.maxSpare(), this.workers.heldAfter(), this.workers.reportedAfter(),
				this.blocking.threads(), this.blocking.maxThreads());
	}

	/**
	 * The supervisor at the top.
	 *
	 * @param strategy Which children are restarted together.
	 * @param maxRestarts Restarts allowed within the period; one more, and the root ends.
	 * @param within Period in which restarts are counted.
	 * @param budget What turns of all agents may cost.
	 * @since 0.1.0
	 */
	public record Root(@DefaultValue("one-for-one") Strategy strategy, @DefaultValue("3") int maxRestarts,
			@DefaultValue("1m") Duration within, @DefaultValue Budget budget) {

	}

	/**
	 * What is kept of crashes.
	 *
	 * @param perNode How many crash reports to keep of each node, and of children that
	 * are gone with their supervisor. Zero keeps none.
	 * @since 0.1.0
	 */
	public record CrashReports(@DefaultValue("10") int perNode) {

	}

	/**
	 * Threads that carry agents.
	 *
	 * @param count How many workers are to be free for agents at any time. As many as
	 * there are processors by default.
	 * @param maxSpare How many workers may be added in the place of those that are held.
	 * @param heldAfter How long an agent may have a worker before another takes its
	 * place.
	 * @param reportedAfter How long an agent may have a worker before that is told as an
	 * event and in the log.
	 * @since 0.1.0
	 */
	public record Workers(@Nullable Integer count, @DefaultValue("256") int maxSpare,
			@DefaultValue("2ms") Duration heldAfter, @DefaultValue("100ms") Duration reportedAfter) {

	}

	/**
	 * Threads that carry work that blocks, such as annotated agents with plain return
	 * values.
	 *
	 * @param threads What kind of threads to use.
	 * @param maxThreads How many threads of the operating system there may be. What is
	 * beyond runs on virtual threads, or waits for a thread.
	 * @since 0.1.0
	 */
	public record Blocking(@DefaultValue("automatic") BlockingThreads threads, @DefaultValue("256") int maxThreads) {

	}

	/**
	 * Waits before a model is called again. What a provider asks for comes first.
	 *
	 * @param first First wait; each further one is twice as long, less up to a half at
	 * random.
	 * @param longest Longest wait. A provider that asks for more is not waited for.
	 * @since 0.1.0
	 */
	public record Retry(@DefaultValue("1s") Duration first, @DefaultValue("1m") Duration longest) {

	}

	/**
	 * How long each call of a model may take, and how long it may be silent.
	 *
	 * @param firstToken Time until the answer begins. Zero for no limit.
	 * @param stall Time without a sign of life once it has begun. Zero for no limit.
	 * @param total Time for the whole call. Zero for no limit.
	 * @since 0.1.0
	 */
	public record Calls(@Nullable Duration firstToken, @Nullable Duration stall, @Nullable Duration total) {

	}

	/**
	 * One supervisor. The prefix is for the metadata only, binding comes through the map.
	 *
	 * @param parent Name of the supervisor above, or '/' for the root.
	 * @param strategy Which children are restarted together.
	 * @param maxRestarts Restarts allowed within the period; one more, and the supervisor
	 * gives up and leaves it to its parent.
	 * @param within Period in which restarts are counted.
	 * @param autoShutdown Whether the supervisor ends when its significant children have
	 * ended by themselves.
	 * @param backoff How to wait between restarts.
	 * @param onBudgetSpent What to do when the restarts allowed are spent.
	 * @param budget What turns of the agents below may cost.
	 * @since 0.1.0
	 */
	@ConfigurationProperties("switchboard.supervisors.*")
	public record Supervisor(@DefaultValue("/") String parent, @DefaultValue("one-for-one") Strategy strategy,
			@DefaultValue("3") int maxRestarts, @DefaultValue("1m") Duration within,
			@DefaultValue("never") AutoShutdown autoShutdown, @DefaultValue Backoff backoff,
			@DefaultValue("stop") WhenBudgetSpent onBudgetSpent, @DefaultValue Budget budget) {

	}

	/**
	 * Waits between restarts, off unless the first one is given.
	 *
	 * @param first First wait. Without it, restarts are made at once.
	 * @param max Longest wait; a child that was up for as long begins with the first wait
	 * again.
	 * @param factor How much longer each wait is than the one before.
	 * @param jitter Part of a wait that may be taken off at random, from 0 to 1.
	 * @since 0.1.0
	 */
	public record Backoff(@Nullable Duration first, @DefaultValue("1m") Duration max, @DefaultValue("2") double factor,
			@DefaultValue("0.2") double jitter) {

	}

	/**
	 * One agent, or one kind of agent with a life for each session. The prefix is for the
	 * metadata only, binding comes through the map.
	 *
	 * @param supervisor Name of the supervisor above, or '/' for the root.
	 * @param perSession Whether to run one agent for each session, started on first use.
	 * @param instructions What the model is told to be: a resource location such as
	 * 'classpath:agents/support.md', or the text itself.
	 * @param model Bean name of the ChatModel to call. Not needed if there is only one,
	 * or a primary one.
	 * @param historyTokens How much of what was said before the model is told, in tokens:
	 * the latest whole turns. Zero for all.
	 * @param fallbackModels Bean names of the ChatModels to switch to, in order, where
	 * the recovery says so.
	 * @param recovery What to do about failures in a turn: rungs by class of failure,
	 * such as 'rate-limited', or 'default' for all classes that are not named.
	 * @param maxRecoveries How often a turn tries to recover in all before it is given
	 * up.
	 * @param tools Bean names of the tools the model may call.
	 * @param needsApproval Names of tools, as the model calls them, that are not called
	 * before a person has approved each call.
	 * @param restart Which ends are answered with a restart. Permanent by default,
	 * transient for an agent per session.
	 * @param shutdown How long the agent may take to stop before it is killed. A turn in
	 * hand is cut off at once.
	 * @param handlerTimeout How long the agent may have a message in hand before it
	 * crashes, zero for no limit. For annotated agents, what their class or
	 * 'switchboard.handler-timeout' says by default; no limit for agents that call a
	 * model, whose turns have a budget.
	 * @param idleTimeout How long a session may have nothing to do before its agent
	 * leaves memory, to come back with the next message; zero to stay. With a durable
	 * journal also how long its turn may wait for nothing but people. Ten minutes by
	 * default for agents that call a model, whose conversation is kept apart from them;
	 * annotated agents stay.
	 * @param budget What one turn may cost at most.
	 * @param calls How long each call of a model may take. What is not given here is as
	 * for all agents.
	 * @param mailbox Queue in front of the agent.
	 * @param maxSessions How many sessions there may be at once.
	 * @param version Version of what the agent is told to be and to do. Shown beside it
	 * in the tree and in traces, so that one can tell what an answer was given with.
	 * @since 0.1.0
	 */
	@ConfigurationProperties("switchboard.agents.*")
	public record Agent(@Nullable String supervisor, @Nullable Boolean perSession, @Nullable String instructions,
			@Nullable String model, @DefaultValue("0") int historyTokens, @DefaultValue List<String> fallbackModels,
			@Nullable Map<String, List<String>> recovery, @DefaultValue("10") int maxRecoveries,
			@DefaultValue List<String> tools, @DefaultValue List<String> needsApproval, @Nullable Restart restart,
			@Nullable Duration shutdown, @Nullable Duration handlerTimeout, @Nullable Duration idleTimeout,
			@DefaultValue Budget budget, @DefaultValue Calls calls, @DefaultValue Mailbox mailbox,
			@DefaultValue("100000") int maxSessions, @DefaultValue("1") String version) {

		/**
		 * Keep the map in the order it was bound in.
		 */
		public Agent {
			recovery = inOrder(recovery);
		}

		/**
		 * Whether these settings alone make an agent: one that calls a model.
		 * @return {@code true} if instructions or a model are given
		 */
		public boolean callsModel() {
			return this.instructions != null || this.model != null;
		}

	}

	/**
	 * What turns may cost at most. Of the budgets of an agent and the supervisors above
	 * it, the tightest limit holds.
	 *
	 * @param steps Model calls a turn may make, at least one.
	 * @param toolCalls Calls of tools a turn may make.
	 * @param tokens Tokens a turn may send and receive.
	 * @param cost Money a turn may cost, in the currency of the prices. Any amount by
	 * default.
	 * @param time Time a turn may take, tools included.
	 * @param concurrentTurns How many turns there may be at once. Any number by default.
	 * @since 0.1.0
	 */
	public record Budget(@Nullable Integer steps, @Nullable Integer toolCalls, @Nullable Long tokens,
			@Nullable BigDecimal cost, @Nullable Duration time, @Nullable Integer concurrentTurns) {

	}

	/**
	 * What a model costs, in a currency that all prices share.
	 *
	 * @param input Price of a million tokens that are sent.
	 * @param output Price of a million tokens that are received.
	 * @since 0.1.0
	 */
	@ConfigurationProperties("switchboard.prices.*")
	public record Price(@DefaultValue("0") BigDecimal input, @DefaultValue("0") BigDecimal output) {

	}

	/**
	 * How agents that are described in properties call their tools.
	 *
	 * @param timeout How long a call may take, unless the tool says otherwise.
	 * @param parallel How many calls of one answer of a model run at a time.
	 * @param supervisor Name of the supervisor that calls are tasks of, below the root.
	 * It is added where an agent has tools.
	 * @param maxRunning How many calls there may be at once in all. One more is not made,
	 * which the model is told.
	 * @param failures Types of exceptions that are no bugs, whatever tool throws them:
	 * the model is told their messages, and the agent lives on.
	 * @param overrides What is said about single tools, by the names that models know
	 * them by. It comes before what the tools say themselves.
	 * @since 0.1.0
	 */
	public record Tools(@DefaultValue("30s") Duration timeout, @DefaultValue("4") int parallel,
			@DefaultValue("tools") String supervisor, @DefaultValue("1000") int maxRunning,
			@DefaultValue List<Class<? extends Throwable>> failures, Map<String, Tool> overrides) {

		/**
		 * Keep the map in the order it was bound in.
		 */
		public Tools {
			overrides = inOrder(overrides);
		}

	}

	/**
	 * One tool. The prefix is for the metadata only, binding comes through the map.
	 *
	 * @param timeout How long a call may take.
	 * @param idempotent Whether the tool may be called again with the same arguments when
	 * an agent was cut off and nobody knows how far the call came.
	 * @param needsApproval Whether a person has to approve each call before it is made.
	 * @param failures Types of exceptions that are no bugs, besides those of all tools.
	 * @since 0.1.0
	 */
	@ConfigurationProperties("switchboard.tools.overrides.*")
	public record Tool(@Nullable Duration timeout, @Nullable Boolean idempotent, @Nullable Boolean needsApproval,
			@DefaultValue List<Class<? extends Throwable>> failures) {

	}

	/**
	 * The queue in front of an agent.
	 *
	 * @param capacity Messages that may wait.
	 * @param overflow What a full mailbox does with one more message.
	 * @since 0.1.0
	 */
	public record Mailbox(@DefaultValue("1000") int capacity, @DefaultValue("reject") OverflowPolicy overflow) {

	}

	/**
	 * What all agents share that call one chat model. The prefix is for the metadata
	 * only, binding comes through the map.
	 *
	 * @param maxConcurrent How many calls may be under way at once. Zero for any number.
	 * @param requestsPerMinute How many calls may begin in a minute, spread over it
	 * second by second. Zero for any number.
	 * @param maxWait How long a call may wait for its turn before it fails. The time of
	 * the turn stands still meanwhile.
	 * @param breaker When a provider that fails is left alone.
	 * @since 0.1.0
	 */
	@ConfigurationProperties("switchboard.providers.*")
	public record Provider(@DefaultValue("0") int maxConcurrent, @DefaultValue("0") int requestsPerMinute,
			@DefaultValue("2m") Duration maxWait, @DefaultValue Breaker breaker) {

	}

	/**
	 * When a provider that fails is left alone.
	 *
	 * @param enabled Whether it is, unless it asks for it itself.
	 * @param failureRate How many of a hundred calls have to fail.
	 * @param minimumCalls How many calls have to have ended within the window before
	 * their rate counts.
	 * @param window How far back calls are counted, in whole seconds.
	 * @param openFor How long no call is let through; then one is tried.
	 * @since 0.1.0
	 */
	public record Breaker(@DefaultValue("true") boolean enabled, @DefaultValue("50") int failureRate,
			@DefaultValue("5") int minimumCalls, @DefaultValue("1m") Duration window,
			@DefaultValue("10s") Duration openFor) {

	}

}
