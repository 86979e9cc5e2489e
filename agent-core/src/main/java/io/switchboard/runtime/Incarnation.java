package io.switchboard.runtime;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.switchboard.AgentContext;
import io.switchboard.AgentPath;
import io.switchboard.AgentRef;
import io.switchboard.Behaviour;
import io.switchboard.ExitReason;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * One life of an agent: what dies with it is kept here. Confined to the agent's lane but
 * for what the behaviour's own threads may call.
 */
final class Incarnation implements AgentContext<Object> {

	private final AgentCell cell;

	private final long number;

	private final Disposable.Composite timers = Disposables.composite();

	private final AtomicBoolean startDecided = new AtomicBoolean();

	private volatile boolean over;

	Phase phase = Phase.STARTING;

	@Nullable Behaviour<Object> behaviour;

	/**
	 * The method call that the next message has to wait for.
	 */
	@Nullable HandlerRun inFlight;

	/**
	 * Why this life is to end as soon as nothing is in flight.
	 */
	@Nullable ExitReason stopReason;

	Incarnation(AgentCell cell, long number) {
		this.cell = cell;
		this.number = number;
	}

	boolean takesMessages() {
		return this.phase == Phase.RUNNING && this.inFlight == null && this.stopReason == null;
	}

	/**
	 * Nothing of this life counts from now on.
	 */
	void end() {
		this.over = true;
		this.timers.dispose();
	}

	/**
	 * Decide how the start ended: by its own end or by its time-out, whoever is first.
	 * @return whether the caller was first
	 */
	boolean decideStart() {
		return this.startDecided.compareAndSet(false, true);
	}

	void onEnd(Disposable resource) {
		this.timers.add(resource);
	}

	@Override
	public AgentPath path() {
		return this.cell.path;
	}

	@Override
	public long incarnation() {
		return this.number;
	}

	@Override
	public AgentRef<Object> self() {
		return this.cell.system.agent(this.cell.path, Object.class);
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T> AgentRef<T> agent(AgentPath path) {
		Objects.requireNonNull(path, "'path' must not be null");
		return (AgentRef<T>) this.cell.system.agent(path, Object.class);
	}

	@Override
	public Scheduler scheduler() {
		return new IncarnationScheduler(this.cell.system.scheduler(), this);
	}

	@Override
	public Scheduler blockingScheduler() {
		return new IncarnationScheduler(this.cell.system.blockingScheduler(), this);
	}

	@Override
	public Disposable sendAfter(Duration delay, Object message) {
		Objects.requireNonNull(delay, "'delay' must not be null");
		Objects.requireNonNull(message, "'message' must not be null");
		if (!this.cell.inbox().supports(message)) {
			throw new IllegalArgumentException("Agent '%s' cannot send itself a %s, it does not take such messages"
				.formatted(path(), message.getClass().getName()));
		}
		Disposable.Swap timer = Disposables.swap();
		this.timers.add(timer);
		timer.update(this.cell.system.scheduler().schedule(() -> {
			this.timers.remove(timer);
			if (this.over) {
				this.cell.dropStale(this, "timer");
			}
			else {
				this.cell.remind(this, message);
			}
		}, Nanos.of(delay), TimeUnit.NANOSECONDS));
		return timer;
	}

	@Override
	public void stop(ExitReason reason) {
		Objects.requireNonNull(reason, "'reason' must not be null");
		this.cell.signal(() -> this.cell.stopWhenIdle(this, reason));
	}

	/**
	 * End this life because code that it had scheduled failed where nobody could tell.
	 * @param ex what it failed with
	 */
	void crashed(Throwable ex) {
		this.cell.signal(() -> this.cell.crashFromOutside(this, ex));
	}

	@Override
	public Mono<Void> ignoreStart() {
		return Mono.error(StartIgnoredException.INSTANCE);
	}

	/**
	 * How far a life has come.
	 */
	enum Phase {

		STARTING, RUNNING, CLEANING_UP

	}

	/**
	 * Carries the wish to decline a start.
	 */
	static final class StartIgnoredException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		private static final StartIgnoredException INSTANCE = new StartIgnoredException();

		private StartIgnoredException() {
			super("start ignored", null, false, false);
		}

	}

}
