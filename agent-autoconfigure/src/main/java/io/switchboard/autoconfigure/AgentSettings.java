package io.switchboard.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

import io.switchboard.autoconfigure.SwitchboardProperties.Agent;
import io.switchboard.autoconfigure.diagnostics.InvalidSettingException;
import io.switchboard.mailbox.MailboxSpec;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.BudgetScope;
import io.switchboard.supervision.ChildSpec;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.Restart;
import io.switchboard.supervision.RestartIntensity;
import io.switchboard.supervision.Shutdown;
import org.jspecify.annotations.Nullable;

/**
 * How an agent is run, whatever it does: its settings after all defaults.
 *
 * @param name the agent's name
 * @param supervisor the name of the supervisor above, or {@code /} for the root
 * @param perSession whether there is one agent for each session
 * @param restart which ends are answered with a restart
 * @param shutdown how long a stop may take
 * @param handlerTimeout how long it may have a message in hand; zero for no limit
 * @param idleTimeout how long a session may have nothing to do before its agent leaves
 * memory; zero if it stays
 * @param mailbox the queue in front of it
 * @param maxSessions how many sessions there may be at once
 * @param version the version of its definition
 * @since 0.1.0
 */
public record AgentSettings(String name, String supervisor, boolean perSession, Restart restart, Duration shutdown,
		Duration handlerTimeout, Duration idleTimeout, MailboxSpec mailbox, int maxSessions, String version) {

	/**
	 * How long an agent may take to stop unless told otherwise.
	 */
	public static final Duration DEFAULT_SHUTDOWN = Duration.ofSeconds(10);

	static final String DEFAULT_VERSION = "1";

	private static final int DEFAULT_MAX_SESSIONS = 100_000;

	/** Model calls take minutes, so a period of seconds would never see two crashes. */
	private static final RestartIntensity SESSION_INTENSITY = new RestartIntensity(3, Duration.ofMinutes(1));

	/**
	 * Settings of an agent that nobody has set anything for.
	 * @param name the agent's name
	 * @return the defaults
	 */
	public static AgentSettings defaults(String name) {
		return new AgentSettings(name, SupervisorDefinition.ROOT, false, Restart.PERMANENT, DEFAULT_SHUTDOWN,
				Duration.ZERO, Duration.ZERO, MailboxSpec.defaults(), DEFAULT_MAX_SESSIONS, DEFAULT_VERSION);
	}

	/**
	 * Let idle sessions leave memory.
	 * @param idleTimeout after how long; counts for agents with sessions that are not
	 * permanent
	 * @return the changed settings
	 */
	public AgentSettings withIdleTimeout(Duration idleTimeout) {
		return new AgentSettings(this.name, this.supervisor, this.perSession, this.restart, this.shutdown,
				this.handlerTimeout, idleTimeout, this.mailbox, this.maxSessions, this.version);
	}

	/**
	 * Let the configuration override these settings where it says something.
	 * @param agent the agent as configured, or {@code null} if it is not
	 * @param restart the restart type if the configuration does not give one;
	 * {@code null} for permanent, or transient if there is an agent for each session
	 * @return the changed settings
	 * @throws InvalidSettingException if they do not go together
	 */
	public AgentSettings with(@Nullable Agent agent, @Nullable Restart restart) {
		if (agent == null) {
			Restart type = restartOf(null, restart, this.perSession);
			return new AgentSettings(this.name, this.supervisor, this.perSession, type, this.shutdown,
					this.handlerTimeout, idleTimeout(null, this.perSession, type), this.mailbox, this.maxSessions,
					this.version);
		}
		boolean perSession = Objects.requireNonNullElse(agent.perSession(), this.perSession);
		Restart type = restartOf(agent.restart(), restart, perSession);
		return new AgentSettings(this.name, Objects.requireNonNullElse(agent.supervisor(), this.supervisor), perSession,
				type, Objects.requireNonNullElse(agent.shutdown(), this.shutdown),
				Objects.requireNonNullElse(agent.handlerTimeout(), this.handlerTimeout),
				idleTimeout(agent.idleTimeout(), perSession, type),
				new MailboxSpec(agent.mailbox().capacity(), agent.mailbox().overflow()), agent.maxSessions(),
				agent.version());
	}

	private static Restart restartOf(@Nullable Restart configured, @Nullable Restart declared, boolean perSession) {
		if (configured != null) {
			return configured;
		}
		return (declared != null) ? declared : (perSession ? Restart.TRANSIENT : Restart.PERMANENT);
	}

	/**
	 * Only a session comes back with its next message, and only if its end is no reason
	 * to restart it.
	 */
	private Duration idleTimeout(@Nullable Duration configured, boolean perSession, Restart type) {
		boolean comesBack = perSession && type != Restart.PERMANENT;
		if (configured == null || configured.isZero()) {
			return (configured == null && comesBack) ? this.idleTimeout : Duration.ZERO;
		}
		if (!comesBack) {
			String reason = perSession ? "the agent is permanent, so each of its sessions would be restarted at once"
					: "the agent has no sessions, so nothing would bring it back";
			throw new InvalidSettingException(List.of(new InvalidSettingException.Setting(
					"switchboard.agents." + this.name + ".idle-timeout", configured.toString(), "zero: " + reason)));
		}
		return configured;
	}

	/**
	 * Specify the agent, or the supervisor of its sessions. Restarts of sessions are
	 * counted for each one alone, so that a sick session does not end the others.
	 * @param agent begins to specify an agent of the given name
	 * @return the specification
	 */
	public ChildSpec specify(Function<String, AgentSpec.Builder<?>> agent) {
		Duration idle = this.idleTimeout.isZero() ? null : this.idleTimeout;
		Function<String, AgentSpec<?>> complete = (id) -> limited(agent.apply(id)).restart(this.restart)
			.idleTimeout(idle)
			.shutdown(Shutdown.after(this.shutdown))
			.mailbox(this.mailbox)
			.version(this.version)
			.build();
		if (!this.perSession) {
			return complete.apply(this.name);
		}
		return DynamicSupervisorSpec.builder(this.name)
			.intensity(SESSION_INTENSITY)
			.budgetScope(BudgetScope.CHILD)
			.maxChildren(this.maxSessions)
			.template(complete)
			.build();
	}

	private AgentSpec.Builder<?> limited(AgentSpec.Builder<?> agent) {
		return this.handlerTimeout.isZero() ? agent : agent.handlerTimeout(this.handlerTimeout);
	}

}
