package io.switchboard.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

import io.switchboard.AgentPath;
import io.switchboard.event.AgentEventListener;
import io.switchboard.report.Sanitizer;
import io.switchboard.supervision.SupervisorSpec;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.ContextView;

/**
 * Collects what a system needs before it starts.
 *
 * @since 0.1.0
 */
public final class AgentSystemBuilder {

	final SupervisorSpec root;

	final List<AgentEventListener> listeners = new ArrayList<>();

	@Nullable Scheduler scheduler;

	@Nullable Scheduler blockingScheduler;

	WorkerSettings workers = WorkerSettings.defaults();

	Duration askTimeout = Duration.ofMinutes(5);

	Sanitizer sanitizer = Sanitizer.hiding();

	int crashReportsPerNode = 10;

	Function<ContextView, @Nullable String> traceId = (context) -> null;

	Function<AgentPath, @Nullable MailboxMeter> mailboxMeters = (path) -> null;

	AgentSystemBuilder(SupervisorSpec root) {
		this.root = Objects.requireNonNull(root, "'root' must not be null");
	}

	/**
	 * Set the executor and clock of all agents. Default: workers of the system's own, as
	 * many as there are processors. A scheduler given here is not disposed by the system.
	 * @param scheduler the scheduler, a virtual-time one in tests
	 * @return this builder
	 */
	public AgentSystemBuilder scheduler(Scheduler scheduler) {
		this.scheduler = Objects.requireNonNull(scheduler, "'scheduler' must not be null");
		return this;
	}

	/**
	 * Set how many threads the system has of its own, and when one of them counts as
	 * held. Default: {@link WorkerSettings#defaults()}.
	 * @param workers the settings
	 * @return this builder
	 */
	public AgentSystemBuilder workers(WorkerSettings workers) {
		this.workers = Objects.requireNonNull(workers, "'workers' must not be null");
		return this;
	}

	/**
	 * Set where work that blocks its thread runs. Default: threads of the system's own,
	 * as its {@linkplain #workers worker settings} say. A scheduler given here is not
	 * disposed by the system.
	 * @param blockingScheduler the scheduler
	 * @return this builder
	 */
	public AgentSystemBuilder blockingScheduler(Scheduler blockingScheduler) {
		this.blockingScheduler = Objects.requireNonNull(blockingScheduler, "'blockingScheduler' must not be null");
		return this;
	}

	/**
	 * Set how long an ask waits that names no time of its own. Default: five minutes.
	 * @param askTimeout the time-out, more than zero
	 * @return this builder
	 */
	public AgentSystemBuilder askTimeout(Duration askTimeout) {
		Objects.requireNonNull(askTimeout, "'askTimeout' must not be null");
		if (askTimeout.isNegative() || askTimeout.isZero()) {
			throw new IllegalArgumentException(
					"Ask time-out %s is not possible: more than zero is needed".formatted(askTimeout));
		}
		this.askTimeout = askTimeout;
		return this;
	}

	/**
	 * Add a listener that is told of every event.
	 * @param listener the listener
	 * @return this builder
	 */
	public AgentSystemBuilder listener(AgentEventListener listener) {
		this.listeners.add(Objects.requireNonNull(listener, "'listener' must not be null"));
		return this;
	}

	/**
	 * Set what of the content of messages, states and exceptions is shown, in reports and
	 * to whoever inspects a node. Default: {@linkplain Sanitizer#hiding() none}.
	 * @param sanitizer the sanitizer
	 * @return this builder
	 */
	public AgentSystemBuilder sanitizer(Sanitizer sanitizer) {
		this.sanitizer = Objects.requireNonNull(sanitizer, "'sanitizer' must not be null");
		return this;
	}

	/**
	 * Set how many crash reports are kept of each node, and how many a supervisor keeps
	 * of children that are gone. Reports that are not kept are events all the same.
	 * Default: ten.
	 * @param crashReports the number, zero to keep none
	 * @return this builder
	 */
	public AgentSystemBuilder crashReportsPerNode(int crashReports) {
		if (crashReports < 0) {
			throw new IllegalArgumentException(
					"%d crash reports per node cannot be kept: zero or more can".formatted(crashReports));
		}
		this.crashReportsPerNode = crashReports;
		return this;
	}

	/**
	 * Set how to find the trace that a request is part of, so that crash reports can name
	 * it. Default: no trace is named.
	 * @param traceId gives the trace's id for the context of whoever asked, or
	 * {@code null} if there is none; called on the runtime's own threads
	 * @return this builder
	 */
	public AgentSystemBuilder traceId(Function<ContextView, @Nullable String> traceId) {
		this.traceId = Objects.requireNonNull(traceId, "'traceId' must not be null");
		return this;
	}

	/**
	 * Set who measures how the messages of agents fare. Default: nobody.
	 * @param mailboxMeters gives the meter of the agent at a path, which may be shared,
	 * or {@code null} for none; called on the runtime's own threads, once for each life
	 * that has something to do
	 * @return this builder
	 */
	public AgentSystemBuilder mailboxMeters(Function<AgentPath, @Nullable MailboxMeter> mailboxMeters) {
		this.mailboxMeters = Objects.requireNonNull(mailboxMeters, "'mailboxMeters' must not be null");
		return this;
	}

	/**
	 * Make the system. It does nothing until it is started.
	 * @return the system
	 */
	public AgentSystem build() {
		return new DefaultAgentSystem(this);
	}

}
