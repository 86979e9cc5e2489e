package io.switchboard.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Function;

import io.switchboard.Activity;
import io.switchboard.AgentContext;
import io.switchboard.AgentPath;
import io.switchboard.AgentRef;
import io.switchboard.Behaviour;
import io.switchboard.ExitReason;
import io.switchboard.Monitor;
import io.switchboard.Reply;
import io.switchboard.Tasks;
import io.switchboard.Terminated;
import io.switchboard.event.AgentEvent;
import io.switchboard.registry.AgentRegistry;
import io.switchboard.registry.RegistrySource;
import io.switchboard.tree.AgentStatistics;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * One life of an agent: what dies with it is kept here. Confined to the agent's lane but
 * for what the behaviour's own threads may call.
 */
final class Incarnation implements AgentContext<Object>, RegistrySource {

	private static final AtomicReferenceFieldUpdater<Incarnation, @Nullable Tally> TALLY = AtomicReferenceFieldUpdater
		.newUpdater(Incarnation.class, Tally.class, "tally");

	private final AgentCell cell;

	private final long number;

	private final long startedAt;

	private static final BoundField<Incarnation> BOUND = new BoundField<>(
			AtomicReferenceFieldUpdater.newUpdater(Incarnation.class, Disposable.class, "bound"));

	private static final AtomicReferenceFieldUpdater<Incarnation, @Nullable Agenda> AGENDA = AtomicReferenceFieldUpdater
		.newUpdater(Incarnation.class, Agenda.class, "agenda");

	/**
	 * Timers, and what the registry keeps for this life, see {@link BoundField}.
	 */
	@SuppressWarnings("unused")
	private volatile @Nullable Disposable bound;

	/**
	 * What else it has before it, once there is something.
	 */
	private volatile @Nullable Agenda agenda;

	private volatile boolean over;

	/**
	 * What is counted and written down of this life, once there is something.
	 */
	private volatile @Nullable Tally tally;

	// two bits of the phase, which take no room beside the others: there may be a million
	private boolean running;

	private boolean cleaningUp;

	@Nullable Behaviour<Object> behaviour;

	/**
	 * The method call that the next message has to wait for, if it did not end at once.
	 */
	volatile @Nullable HandlerRun inFlight;

	/**
	 * Why this life is to end as soon as nothing is in flight.
	 */
	@Nullable ExitReason stopReason;

	/**
	 * Whether an operator wants no message handled now.
	 */
	volatile boolean suspended;

	/**
	 * Ends a start that takes too long, and after it handlers that do.
	 */
	volatile @Nullable Disposable limit;

	Incarnation(AgentCell cell, long number) {
		this.cell = cell;
		this.number = number;
		this.startedAt = cell.system.scheduler().now(TimeUnit.MILLISECONDS);
		this.limit = new StartLimit(this);
	}

	Phase phase() {
		if (this.cleaningUp) {
			return Phase.CLEANING_UP;
		}
		return this.running ? Phase.RUNNING : Phase.STARTING;
	}

	void enter(Phase phase) {
		this.running = phase == Phase.RUNNING;
		this.cleaningUp = phase == Phase.CLEANING_UP;
	}

	private Agenda agenda() {
		Agenda known = this.agenda;
		if (known != null) {
			return known;
		}
		AGENDA.compareAndSet(this, null, new Agenda());
		return Objects.requireNonNull(this.agenda, "it is never taken away");
	}

	/**
	 * Let something be done when no message is in hand.
	 * @param intervention what to do
	 */
	void add(Intervention intervention) {
		agenda().add(intervention);
	}

	/**
	 * Take what is to be done now, as no message is in hand.
	 * @return what to do, or {@code null} if there is nothing, or a message is in hand
	 */
	@Nullable Intervention nextIntervention() {
		Agenda known = isBetweenMessages() ? this.agenda : null;
		return (known != null) ? known.nextIntervention() : null;
	}

	/**
	 * What waits for the current message to end.
	 * @return all of it
	 */
	Collection<Intervention> interventions() {
		Agenda known = this.agenda;
		return (known != null) ? known.interventions() : List.of();
	}

	/**
	 * What is counted and written down of this life.
	 * @return the tally, made on first use
	 */
	Tally tally() {
		Tally counted = this.tally;
		if (counted != null) {
			return counted;
		}
		Tally made = new Tally(this.cell.system.mailboxMeter(this.cell.path));
		return TALLY.compareAndSet(this, null, made) ? made
				: Objects.requireNonNull(this.tally, "it is never taken away");
	}

	AgentStatistics statistics() {
		Tally counted = this.tally;
		return ((counted != null) ? counted : new Tally(null)).read(Instant.ofEpochMilli(this.startedAt),
				this.cell.system.nanos());
	}

	/**
	 * What is counted and written down of this life.
	 * @return the tally, or {@code null} if there is nothing yet
	 */
	@Nullable Tally tallied() {
		return this.tally;
	}

	AgentCell cell() {
		return this.cell;
	}

	boolean isBetweenMessages() {
		return this.running && this.inFlight == null;
	}

	boolean takesMessages() {
		return isBetweenMessages() && this.stopReason == null;
	}

	/**
	 * Nothing of this life counts from now on.
	 */
	void end() {
		this.over = true;
		BOUND.end(this);
		Idle waiting = idle();
		if (waiting != null) {
			waiting.cancel(this);
		}
		Retirement retirement = (this.agenda != null) ? this.agenda.retirement : null;
		if (retirement != null) {
			retirement.cancel();
		}
		limit(null);
	}

	/**
	 * What ends this life when it has nothing to do for a while.
	 * @param limit how long that may be
	 * @return the retirement
	 */
	Retirement retirement(Duration limit) {
		Agenda known = agenda();
		Retirement retirement = known.retirement;
		if (retirement == null) {
			retirement = new Retirement(this, limit);
			known.retirement = retirement;
		}
		return retirement;
	}

	/**
	 * Limit what is done from now on by something else.
	 * @param next what to dispose when it is over, or {@code null} for no limit
	 */
	void limit(@Nullable Disposable next) {
		Disposable before = this.limit;
		if (before != null) {
			before.dispose();
		}
		this.limit = next;
	}

	/**
	 * Decide how the start ended: by its own end or by its time-out, whoever is first.
	 * @return whether the caller was first
	 */
	boolean decideStart() {
		StartLimit start = start();
		return start != null && start.decide();
	}

	/**
	 * The start that is under way.
	 * @return the start, or {@code null} if it is over
	 */
	@Nullable StartLimit start() {
		return (this.limit instanceof StartLimit start) ? start : null;
	}

	/**
	 * What to send when there is nothing to do.
	 * @return the message, or {@code null} if there is none
	 */
	@Nullable Idle idle() {
		Agenda known = this.agenda;
		return (known != null) ? known.idle : null;
	}

	/**
	 * Send nothing when there is nothing to do.
	 */
	void clearIdle() {
		Agenda known = this.agenda;
		if (known != null) {
			known.idle = null;
		}
	}

	boolean isOver() {
		return this.over;
	}

	void endWith(Disposable resource) {
		BOUND.add(this, resource);
	}

	/**
	 * How much would end with this life.
	 * @return the number of resources
	 */
	int boundCount() {
		return BOUND.count(this);
	}

	void release(Disposable resource) {
		BOUND.remove(this, resource);
	}

	@Override
	public AgentRegistry registry() {
		return this.cell.system.registry();
	}

	/**
	 * The answers that this life has promised and not given.
	 * @return the messages they were promised for; they are not owed any more
	 */
	List<Envelope> takeOwed() {
		Agenda known = this.agenda;
		return (known != null) ? known.takeOwed() : List.of();
	}

	void settled(DeferredReply reply) {
		Agenda known = this.agenda;
		if (known != null) {
			known.settled(reply);
		}
	}

	/**
	 * An answer that was promised is given.
	 * @param envelope the message it is for
	 */
	void answered(Envelope envelope) {
		tally().answeredLater();
		Trace trace = this.cell.trace();
		if (trace != null) {
			trace.answered(this, envelope);
		}
	}

	void dropStale(String what) {
		this.cell.dropStale(this, what);
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
	public Tasks tasks(AgentPath supervisor) {
		Objects.requireNonNull(supervisor, "'supervisor' must not be null");
		return new DefaultTasks(new TaskStarter(this.cell.system, supervisor, this, false));
	}

	@Override
	public Tasks linkedTasks(AgentPath supervisor) {
		Objects.requireNonNull(supervisor, "'supervisor' must not be null");
		return new DefaultTasks(new TaskStarter(this.cell.system, supervisor, this, true));
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
		checkSupported(message);
		if (this.over) {
			this.cell.dropStale(this, "timer");
			return Disposables.disposed();
		}
		if (delay.isZero() || delay.isNegative()) {
			this.cell.remind(this, message);
			return Disposables.disposed();
		}
		SelfTimer timer = new SelfTimer(this.cell, this, message);
		endWith(timer);
		this.cell.system.workers().set(timer, delay);
		return timer;
	}

	private void checkSupported(Object message) {
		if (!this.cell.supports(message)) {
			throw new IllegalArgumentException("Agent '%s' cannot send itself a %s, it does not take such messages"
				.formatted(path(), message.getClass().getName()));
		}
	}

	@Override
	public void sendWhenIdle(Duration delay, Object message) {
		Objects.requireNonNull(delay, "'delay' must not be null");
		Objects.requireNonNull(message, "'message' must not be null");
		checkSupported(message);
		Idle before = idle();
		if (before != null) {
			before.cancel(this);
		}
		agenda().idle = new Idle(delay, message);
	}

	@Override
	public void stash() {
		HandlerRun run = handling("stash");
		this.cell.stash().add(Objects.requireNonNull(run.envelope(), "a message is handled"));
		run.detach();
	}

	@Override
	public void unstashAll() {
		if (this.over) {
			this.cell.dropStale(this, "unstash");
			return;
		}
		this.cell.stash().release();
		this.cell.wake();
	}

	@Override
	public Reply deferReply() {
		HandlerRun run = handling("defer the reply to");
		DeferredReply reply = new DeferredReply(this, Objects.requireNonNull(run.envelope(), "a message is handled"));
		// in this order: if this life ends meanwhile, the asker is told by one of the two
		agenda().owe(reply);
		run.detach();
		return reply;
	}

	@Override
	public boolean isCancelled() {
		HandlerRun run = ownRun();
		return run != null && run.isLeft();
	}

	private HandlerRun handling(String what) {
		HandlerRun run = this.cell.inHand();
		if (run == null || run.incarnation() != this || run.envelope() == null || this.over) {
			throw new IllegalStateException(
					"Agent '%s' has no message to %s: this works only while onMessage handles one".formatted(path(),
							what));
		}
		if (run.isOver() || run.unanswered() == null) {
			throw new IllegalStateException(
					"Agent '%s' has no message to %s: it was answered, put aside or deferred already".formatted(path(),
							what));
		}
		run.known();
		return run;
	}

	@Override
	public Monitor monitor(AgentPath node, Function<Terminated, ?> message) {
		Objects.requireNonNull(node, "'node' must not be null");
		Objects.requireNonNull(message, "'message' must not be null");
		AgentMonitor monitor = new AgentMonitor(this.cell, this.number, node, message);
		if (this.over) {
			this.cell.dropStale(this, "monitor");
			monitor.cancel();
		}
		else {
			monitor.begin();
		}
		return monitor;
	}

	@Override
	public void link(AgentPath node) {
		Objects.requireNonNull(node, "'node' must not be null");
		if (this.over) {
			this.cell.dropStale(this, "link");
		}
		else {
			Link.tie(this.cell, this.number, node);
		}
	}

	@Override
	public void unlink(AgentPath node) {
		Objects.requireNonNull(node, "'node' must not be null");
		Link.untie(this.cell, this.number, node);
	}

	@Override
	public void stop(ExitReason reason) {
		Objects.requireNonNull(reason, "'reason' must not be null");
		StartLimit start = start();
		if (start != null) {
			start.refuse(reason);
		}
		this.cell.signal((loop) -> loop.stopWhenIdle(this, reason));
	}

	/**
	 * End this life because code that it had scheduled failed where nobody could tell.
	 * @param ex what it failed with
	 */
	void crashed(Throwable ex) {
		this.cell.signal((loop) -> loop.crashFromOutside(this, ex));
	}

	@Override
	public void startInfo(Object info) {
		Objects.requireNonNull(info, "'info' must not be null");
		StartLimit start = start();
		if (start == null || this.over) {
			throw new IllegalStateException(
					"Agent '%s' has started, nobody waits for its start information any more; give it within onStart"
						.formatted(path()));
		}
		start.tell(info);
	}

	@Override
	public void limitNear(String limit, double used) {
		Objects.requireNonNull(limit, "'limit' must not be null");
		this.cell.system
			.emit(new AgentEvent.LimitNear(this.cell.path, incarnation(), limit, used, this.cell.system.now()));
	}

	@Override
	public void showActivity(Activity activity) {
		Objects.requireNonNull(activity, "'activity' must not be null");
		HandlerRun run = ownRun();
		if (run != null) {
			run.show((shown) -> shown.show(activity));
		}
	}

	@Override
	public void hideActivity(String name) {
		Objects.requireNonNull(name, "'name' must not be null");
		HandlerRun run = ownRun();
		if (run != null) {
			run.show((shown) -> shown.hide(name));
		}
	}

	/**
	 * The method call that this life is in.
	 * @return the call, or {@code null} if it is in none
	 */
	private @Nullable HandlerRun ownRun() {
		HandlerRun run = this.cell.inHand();
		return (run != null && run.incarnation() == this) ? run : null;
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
