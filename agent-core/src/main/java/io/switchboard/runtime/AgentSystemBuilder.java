package io.switchboard.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.switchboard.event.AgentEventListener;
import io.switchboard.supervision.SupervisorSpec;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

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

	Duration askTimeout = Duration.ofMinutes(5);

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
	 * Set where work that blocks its thread runs. Default: virtual threads where the
	 * platform has them, else an elastic pool of the system's own. A scheduler given here
	 * is not disposed by the system.
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
	 * Make the system. It does nothing until it is started.
	 * @return the system
	 */
	public AgentSystem build() {
		return new DefaultAgentSystem(this);
	}

}
