package io.switchboard.supervision;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

import io.switchboard.ExitReason;
import io.switchboard.Terminated;
import io.switchboard.mailbox.MailboxSpec;
import io.switchboard.supervision.InvalidSpecificationException.Problem;
import org.jspecify.annotations.Nullable;

/**
 * How to make and run an agent.
 * <p>
 * Start with {@link #builder(String, Class, BehaviourFactory)}; all settings have
 * defaults.
 *
 * @param <M> the type of message the agent takes
 * @since 0.1.0
 */
public final class AgentSpec<M> implements ChildSpec {

	private static final Shutdown DEFAULT_SHUTDOWN = Shutdown.after(Duration.ofSeconds(5));

	// what is said of each, and the rest shared: there may be a million
	private final String id;

	private final BehaviourFactory<M> factory;

	private final @Nullable Object registeredAs;

	private final AgentSettings settings;

	private AgentSpec(Builder<M> builder) {
		ChildSettings checked = builder.settings();
		this.id = checked.id();
		this.factory = builder.factory;
		this.registeredAs = builder.registeredAs;
		this.settings = new AgentSettings(checked.restart(), checked.shutdown(), checked.significant(),
				builder.messageTypes, builder.mailbox, builder.limits, builder.blocking, builder.redelivers,
				builder.stopsAtOnce, builder.version, builder.onLinkedExit)
			.shared();
	}

	/**
	 * Start to specify an agent.
	 * @param id the agent's name, one segment of a path
	 * @param messageType the type of message it takes; others never reach it
	 * @param factory makes the behaviour of each incarnation
	 * @param <M> the type of message it takes
	 * @return a builder
	 */
	public static <M> Builder<M> builder(String id, Class<M> messageType, BehaviourFactory<M> factory) {
		return new Builder<>(id, messageType, factory);
	}

	/**
	 * Specify another agent by what differs from this one.
	 * @return a builder with all settings of this specification
	 */
	public Builder<M> toBuilder() {
		return new Builder<>(this);
	}

	@Override
	public String id() {
		return this.id;
	}

	@Override
	public NodeType type() {
		return NodeType.AGENT;
	}

	@Override
	public Restart restart() {
		return this.settings.restart();
	}

	@Override
	public Shutdown shutdown() {
		return this.settings.shutdown();
	}

	@Override
	public boolean significant() {
		return this.settings.significant();
	}

	/**
	 * Makes the behaviour of each incarnation.
	 * @return the factory
	 */
	public BehaviourFactory<M> factory() {
		return this.factory;
	}

	/**
	 * The types of message the agent takes; a message must be an instance of one.
	 * @return the types, at least one
	 */
	public Set<Class<?>> messageTypes() {
		return Set.of(this.settings.messageTypes());
	}

	/**
	 * Whether the agent takes a message.
	 * @param message the message
	 * @return {@code true} if it is an instance of one of the types
	 */
	public boolean takes(Object message) {
		return this.settings.takes(message);
	}

	/**
	 * The queue in front of the agent.
	 * @return the mailbox's specification
	 */
	public MailboxSpec mailbox() {
		return this.settings.mailbox();
	}

	/**
	 * How long a start may take before it counts as failed.
	 * @return the time-out
	 */
	public Duration startTimeout() {
		return this.settings.limits().start();
	}

	/**
	 * How long a handler may take before its incarnation is ended.
	 * @return the time-out, or {@code null} if it may take for ever
	 */
	public @Nullable Duration handlerTimeout() {
		return this.settings.limits().handler();
	}

	/**
	 * How long the agent may have nothing to do before it ends.
	 * @return the time-out, or {@code null} if it stays for ever
	 */
	public @Nullable Duration idleTimeout() {
		return this.settings.limits().idle();
	}

	/**
	 * Whether the behaviour's methods block their thread, and so run apart from the
	 * agents' own workers.
	 * @return {@code true} if they do
	 */
	public boolean blocking() {
		return this.settings.blocking();
	}

	/**
	 * Whether a message that a crash or a kill has cut off is handled again by the next
	 * life.
	 * @return {@code true} if it is; if not, its asker is told of the end
	 */
	public boolean redelivers() {
		return this.settings.redelivers();
	}

	/**
	 * Whether a stop cuts off what the agent is doing.
	 * @return {@code true} if it does; if not, the message in hand is finished first
	 */
	public boolean stopsAtOnce() {
		return this.settings.stopsAtOnce();
	}

	/**
	 * The version of the agent's definition, for operators.
	 * @return the version
	 */
	public String version() {
		return this.settings.version();
	}

	/**
	 * The unique name that the agent holds for as long as it is in the tree.
	 * @return the name, or {@code null} if it has none
	 */
	public @Nullable Object registeredAs() {
		return this.registeredAs;
	}

	/**
	 * Makes the message that tells the agent of a linked partner's end.
	 * @return the function, or {@code null} if such an end ends the agent, too
	 */
	@SuppressWarnings("unchecked")
	public @Nullable Function<Terminated, ? extends M> onLinkedExit() {
		return (Function<Terminated, ? extends M>) this.settings.onLinkedExit();
	}

	@Override
	public String toString() {
		return "agent '" + id() + "'";
	}

	/**
	 * Collects the settings of an agent.
	 *
	 * @param <M> the type of message the agent takes
	 * @since 0.1.0
	 */
	public static final class Builder<M> extends ChildBuilder<Builder<M>> {

		private final BehaviourFactory<M> factory;

		private Class<?>[] messageTypes;

		private MailboxSpec mailbox = MailboxSpec.defaults();

		private TimeLimits limits = TimeLimits.DEFAULT;

		private boolean blocking;

		private boolean redelivers;

		private boolean stopsAtOnce;

		private String version = "1";

		private @Nullable Object registeredAs;

		private @Nullable Function<Terminated, ? extends M> onLinkedExit;

		private Builder(String id, Class<M> messageType, BehaviourFactory<M> factory) {
			super("agent", id, DEFAULT_SHUTDOWN);
			this.messageTypes = AgentSettings
				.only(Objects.requireNonNull(messageType, "'messageType' must not be null"));
			this.factory = Objects.requireNonNull(factory, "'factory' must not be null");
		}

		private Builder(AgentSpec<M> spec) {
			super("agent", new ChildSettings(spec.id, spec.restart(), spec.shutdown(), spec.significant()));
			this.factory = spec.factory;
			this.messageTypes = spec.settings.messageTypes();
			this.mailbox = spec.mailbox();
			this.limits = spec.settings.limits();
			this.blocking = spec.blocking();
			this.redelivers = spec.redelivers();
			this.stopsAtOnce = spec.stopsAtOnce();
			this.version = spec.version();
			this.registeredAs = spec.registeredAs;
			this.onLinkedExit = spec.onLinkedExit();
		}

		/**
		 * Set the queue in front of the agent. Default: {@link MailboxSpec#defaults()}.
		 * @param mailbox the mailbox's specification
		 * @return this builder
		 */
		public Builder<M> mailbox(MailboxSpec mailbox) {
			this.mailbox = Objects.requireNonNull(mailbox, "'mailbox' must not be null");
			return this;
		}

		/**
		 * Narrow the messages the agent takes to several types. Default: the one type of
		 * the builder.
		 * @param messageTypes the types, at least one
		 * @return this builder
		 */
		public Builder<M> messageTypes(Set<? extends Class<? extends M>> messageTypes) {
			this.messageTypes = Objects.requireNonNull(messageTypes, "'messageTypes' must not be null")
				.toArray(Class<?>[]::new);
			return this;
		}

		/**
		 * Set how long a start may take before it counts as failed. Default: one minute.
		 * @param startTimeout the time-out, more than zero
		 * @return this builder
		 */
		public Builder<M> startTimeout(Duration startTimeout) {
			this.limits = new TimeLimits(Objects.requireNonNull(startTimeout, "'startTimeout' must not be null"),
					this.limits.handler(), this.limits.idle());
			return this;
		}

		/**
		 * Set how long the handling of one message may take, from the call of the handler
		 * to the end of the publisher it returned; the time in which a slow receiver of a
		 * stream makes it wait included. Default: none.
		 * <p>
		 * Past it the incarnation ends with a
		 * {@link io.switchboard.HandlerTimeoutException}: the publisher is cancelled, a
		 * thread that is in the handler is interrupted and taken from the agent, and the
		 * supervisor decides what comes next, as for any other crash.
		 * @param handlerTimeout the time-out, more than zero
		 * @return this builder
		 */
		public Builder<M> handlerTimeout(Duration handlerTimeout) {
			this.limits = new TimeLimits(this.limits.start(),
					Objects.requireNonNull(handlerTimeout, "'handlerTimeout' must not be null"), this.limits.idle());
			return this;
		}

		/**
		 * Let the agent end, with {@link io.switchboard.ExitReason#normal()}, when it has
		 * had nothing to do for a while, so that it costs no memory. Looking at it from
		 * outside is nothing to do; a suspended agent stays. Default: it stays for ever.
		 * <p>
		 * You probably want this for agents that a dynamic supervisor makes from its
		 * template: such an agent is made again by its next message, with what it keeps
		 * outside of its lives. No message is lost over that: what came while the agent
		 * ended is given to the next one. The agent must not be
		 * {@linkplain Restart#PERMANENT permanent}, or it would be back at once.
		 * @param idleTimeout the time-out, more than zero, or {@code null} to stay
		 * @return this builder
		 */
		public Builder<M> idleTimeout(@Nullable Duration idleTimeout) {
			this.limits = new TimeLimits(this.limits.start(), this.limits.handler(), idleTimeout);
			return this;
		}

		/**
		 * Say that the behaviour's methods block their thread. They then run apart from
		 * the agents' own workers. Default: they do not.
		 * @param blocking whether they block
		 * @return this builder
		 */
		public Builder<M> blocking(boolean blocking) {
			this.blocking = blocking;
			return this;
		}

		/**
		 * Let the next life handle the message that a crash or a kill has cut off, before
		 * all others. Its asker goes on waiting, and whoever streams it receives the
		 * elements of both lives. Default: the message is gone with its life, and its
		 * asker is told why.
		 * <p>
		 * Where no life comes any more, the asker is told of the end. A message that
		 * crashes each life spends the budget of restarts, so the behaviour should keep
		 * somewhere outside how far it came, and leave alone what it has failed at.
		 * @param redelivers whether the message is handled again
		 * @return this builder
		 */
		public Builder<M> redelivers(boolean redelivers) {
			this.redelivers = redelivers;
			return this;
		}

		/**
		 * Let a stop from outside cut off what the agent is doing, as OTP does with a
		 * process that does not trap exits: the publisher that its handler has returned
		 * is cancelled at once, and the shutdown time is for {@code onStop} alone.
		 * Default: the message in hand is finished first, within the shutdown time.
		 * <p>
		 * The asker of that message is told of the end, or goes on waiting if the agent
		 * {@linkplain #redelivers redelivers} and another life comes, as after a restart
		 * that a sibling has caused. A start that is under way is finished in any case,
		 * and so is a handler that has not returned its publisher: only the end of the
		 * shutdown time takes a thread away. Nobody waits for what the cancelled
		 * publisher still does on other threads, so {@code onStop} may run beside it. A
		 * stop that the agent itself asks for waits for its message as ever.
		 * @param stopsAtOnce whether a stop cuts it off
		 * @return this builder
		 */
		public Builder<M> stopsAtOnce(boolean stopsAtOnce) {
			this.stopsAtOnce = stopsAtOnce;
			return this;
		}

		/**
		 * Tag the definition, for operators. Default: {@code 1}.
		 * @param version the version
		 * @return this builder
		 */
		public Builder<M> version(String version) {
			this.version = Objects.requireNonNull(version, "'version' must not be null");
			return this;
		}

		/**
		 * Let the agent hold a unique name, by which others find it without its path. The
		 * name is registered before the agent starts, stays over restarts, and is free
		 * again when the agent is stopped for good. Where another agent holds it, the
		 * start fails. Default: none.
		 * @param name the name, any object with a stable {@code equals}
		 * @return this builder
		 */
		public Builder<M> registeredAs(Object name) {
			this.registeredAs = Objects.requireNonNull(name, "'name' must not be null");
			return this;
		}

		/**
		 * Let the agent be told when a partner it is linked to ends, instead of ending
		 * with it. It is then told of every such end, also of a
		 * {@linkplain ExitReason#normal() normal} one. Default: it ends with its
		 * partners.
		 * @param message makes a message that the agent takes; it runs when the message
		 * is handled, and an exception ends the incarnation
		 * @return this builder
		 * @see io.switchboard.AgentContext#link
		 */
		public Builder<M> onLinkedExit(Function<Terminated, ? extends M> message) {
			this.onLinkedExit = Objects.requireNonNull(message, "'message' must not be null");
			return this;
		}

		@Override
		Builder<M> self() {
			return this;
		}

		@Override
		void check(List<Problem> problems) {
			if (this.messageTypes.length == 0) {
				problems.add(new Problem("messageTypes", "none given, at least one is needed"));
			}
			this.limits.check(problems);
			if (this.limits.idle() != null && isPermanent()) {
				problems.add(new Problem("idleTimeout, restart",
						this.limits.idle() + " is given, but a permanent agent that ends is restarted at once; "
								+ "make it TRANSIENT or TEMPORARY, or let it stay"));
			}
		}

		/**
		 * Check the settings and make the specification.
		 * @return the specification
		 * @throws InvalidSpecificationException naming every setting that is wrong
		 */
		public AgentSpec<M> build() {
			return new AgentSpec<>(this);
		}

	}

}
