package io.switchboard.runtime;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Consumer;

import io.switchboard.AgentPath;
import io.switchboard.Behaviour;
import io.switchboard.ExitReason;
import io.switchboard.HandlerTimeoutException;
import io.switchboard.SendResult;
import io.switchboard.event.AgentEvent.AbandonedWorkReturned;
import io.switchboard.event.AgentEvent.ShutdownTimedOut;
import io.switchboard.event.AgentEvent.StaleDropped;
import io.switchboard.event.AgentEvent.WorkAbandoned;
import io.switchboard.registry.Owner;
import io.switchboard.registry.Registration;
import io.switchboard.registry.Registration.AlreadyRegistered;
import io.switchboard.registry.Residence;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.Shutdown;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;

/**
 * An agent as others see it. Its methods may be called from any thread: they put messages
 * into the mailbox and signals into their queue, and wake the {@linkplain Lane lane} in
 * which the {@linkplain AgentLoop loop} does the work. Mailbox and cell stay while
 * incarnations come and go.
 */
final class AgentCell extends AgentInbox implements Residence {

	private static final Duration DEFAULT_CLEANUP = Duration.ofSeconds(5);

	private static final Logger logger = LoggerFactory.getLogger(AgentCell.class);

	private static final BoundField<AgentCell> PLACE = new BoundField<>(
			AtomicReferenceFieldUpdater.newUpdater(AgentCell.class, Disposable.class, "place"));

	private static final AtomicReferenceFieldUpdater<AgentCell, @Nullable Signal> SIGNAL = AtomicReferenceFieldUpdater
		.newUpdater(AgentCell.class, Signal.class, "latestSignal");

	private static final AtomicReferenceFieldUpdater<AgentCell, @Nullable Lane> LANE = AtomicReferenceFieldUpdater
		.newUpdater(AgentCell.class, Lane.class, "lane");

	private static final AtomicReferenceFieldUpdater<AgentCell, @Nullable Runnable> FIRST_USE = AtomicReferenceFieldUpdater
		.newUpdater(AgentCell.class, Runnable.class, "firstUse");

	private static final AtomicLongFieldUpdater<AgentCell> KILLED = AtomicLongFieldUpdater.newUpdater(AgentCell.class,
			"killed");

	/**
	 * The signals that came, the latest first.
	 */
	private volatile @Nullable Signal latestSignal;

	/**
	 * Where the agent runs, or {@code null} if it has nothing to do.
	 */
	private volatile @Nullable Lane lane;

	/**
	 * The latest life that is to be ended by force.
	 */
	private volatile long killed;

	/**
	 * Asks for the first life, until somebody has.
	 */
	private volatile @Nullable Runnable firstUse;

	/**
	 * What belongs to all lives here, see {@link BoundField}.
	 */
	@SuppressWarnings("unused")
	private volatile @Nullable Disposable place;

	private volatile @Nullable Incarnation current;

	/**
	 * The number of the current life, or of the last one.
	 */
	private volatile long latest;

	/**
	 * What the life before has left behind, until the next one has something else.
	 * Confined to the lane.
	 */
	@Nullable Behaviour<Object> previous;

	private volatile @Nullable Stash stash;

	private volatile @Nullable Trace trace;

	AgentCell(DefaultAgentSystem system, AgentPath path, Child child, ChildReports reports) {
		this(system, path, child, reports, null);
	}

	/**
	 * Make a cell whose first life begins with its first message.
	 * @param system the system
	 * @param path where it is
	 * @param child what its supervisor knows of it
	 * @param reports where it reports to
	 * @param firstUse asks for the first life, or {@code null} if the supervisor begins
	 * it by itself
	 */
	@SuppressWarnings("unchecked")
	AgentCell(DefaultAgentSystem system, AgentPath path, Child child, ChildReports reports,
			@Nullable Runnable firstUse) {
		super(system, path, child, reports, (AgentSpec<Object>) child.spec);
		this.firstUse = firstUse;
	}

	SendResult send(Envelope envelope) {
		SendResult result = offer(envelope);
		// the message is in before the start, so that its sender hears why that failed
		Runnable first = (this.firstUse != null) ? FIRST_USE.getAndSet(this, null) : null;
		if (first != null) {
			first.run();
		}
		return result;
	}

	/**
	 * Give a message that came too late to the agent that the template makes next, if
	 * this one has ended of its own accord.
	 * @param envelope the message
	 * @return whether there is such an agent, and it has taken the message
	 */
	boolean handOver(Envelope envelope) {
		return closeReason() instanceof ExitReason.Normal && child().madeBy != null && !(envelope instanceof Reminder)
				&& !(envelope instanceof Notice)
				&& new DefaultAgentRef<>(this.system, this.path).sendTo(envelope).isAccepted();
	}

	/**
	 * Let the agent do something ahead of its messages.
	 * @param action what to do, in the lane
	 */
	void signal(Consumer<AgentLoop> action) {
		push(action);
		wake();
	}

	private void push(Consumer<AgentLoop> action) {
		Signal signal = new Signal(action);
		do {
			signal.next = this.latestSignal;
		}
		while (!SIGNAL.compareAndSet(this, signal.next, signal));
	}

	@Override
	void wake() {
		Lane known = this.lane;
		while (known == null || !known.wake()) {
			Lane opened = new Lane(this);
			if (LANE.compareAndSet(this, known, opened)) {
				run(opened, true);
				return;
			}
			known = this.lane;
		}
	}

	/**
	 * The lane has nothing to do and takes nothing any more.
	 * @param closed the lane
	 */
	void left(Lane closed) {
		LANE.compareAndSet(this, closed, null);
	}

	/**
	 * Put a message that an incarnation has sent itself into the mailbox.
	 * @param life the incarnation
	 * @param message the message
	 */
	void remind(Incarnation life, Object message) {
		sendOrReport(new Reminder(life, message, this.system.nanos()));
	}

	/**
	 * Send a message to whoever lives here now, or to the next who will.
	 * @param message the message
	 * @return what became of it
	 */
	@Override
	public SendResult tell(Object message) {
		return sendOrReport(new Envelope(message, this.system.nanos()));
	}

	private SendResult sendOrReport(Envelope envelope) {
		SendResult result = send(envelope);
		if (!result.isAccepted()) {
			notTaken(envelope, result);
		}
		return result;
	}

	/**
	 * The life that is here now.
	 * @return the life, or {@code null} if there is none
	 */
	@Nullable Incarnation current() {
		return this.current;
	}

	/**
	 * The number of the current life, or of the last one.
	 * @return the number, zero if there was none
	 */
	long latest() {
		return this.latest;
	}

	/**
	 * A life begins. Called in the lane.
	 * @param life the life
	 */
	void begun(Incarnation life) {
		this.current = life;
		// in this order: who sees the number without the life may take it for ended
		this.latest = life.incarnation();
	}

	/**
	 * The current life is over. Called in the lane.
	 */
	void ended() {
		this.current = null;
	}

	/**
	 * The method call that the current life is in.
	 * @return the call, or {@code null} if it is in none
	 */
	@Nullable HandlerRun inHand() {
		Incarnation life = this.current;
		HandlerRun run = (life != null) ? life.inFlight : null;
		if (run == null && life != null) {
			Lane taken = this.lane;
			run = (taken != null) ? taken.inHand() : null;
			// a call that does not end at once moves from the lane to the life
			run = (run != null) ? run : life.inFlight;
		}
		return run;
	}

	/**
	 * Where it is written what the agent does.
	 * @return the trace, or {@code null} unless the agent is traced
	 */
	@Nullable Trace trace() {
		return this.trace;
	}

	void trace(@Nullable Trace trace) {
		this.trace = trace;
	}

	/**
	 * Where a handler puts messages aside.
	 * @return the stash, made on first use
	 */
	Stash stash() {
		Stash aside = this.stash;
		if (aside == null) {
			aside = new Stash(this.path, mailboxState().capacity());
			this.stash = aside;
		}
		return aside;
	}

	/**
	 * What was put aside.
	 * @return the stash, or {@code null} if nothing ever was
	 */
	@Nullable Stash stashed() {
		return this.stash;
	}

	@Override
	boolean isSuspended() {
		Incarnation life = this.current;
		return life != null && life.suspended;
	}

	@Override
	void suspend(Runnable done, Runnable notRunning) {
		intervene((life) -> {
			life.suspended = true;
			done.run();
		}, notRunning);
	}

	/**
	 * Take no more messages from others, finish what waits, and stop.
	 * @param asker who is to be told when it has
	 */
	void drain(PendingAnswer<?> asker) {
		signal((loop) -> beginDraining(asker));
	}

	@Override
	void resume(Runnable done) {
		signal((loop) -> {
			loop.resume();
			inform(done);
		});
	}

	/**
	 * Do something to the current life while it handles no message, ahead of those that
	 * wait.
	 * @param action what to do
	 * @param notRunning to be run instead if the life ends first, or there is none
	 */
	void intervene(Consumer<Incarnation> action, Runnable notRunning) {
		signal((loop) -> loop.intervene(new Intervention(action, notRunning)));
	}

	@Override
	boolean hasEnded(long incarnation) {
		if (this.latest >= incarnation) {
			Incarnation life = this.current;
			return life == null || life.incarnation() != incarnation;
		}
		return child().incarnation == 0 && isClosed();
	}

	@Override
	boolean minds(ExitReason reason) {
		return spec().onLinkedExit() != null || !(reason instanceof ExitReason.Normal);
	}

	@Override
	void hear(LinkEnd link) {
		link.sentAt = this.system.nanos();
		signal((loop) -> loop.hear(link));
		Duration limit = timeToEnd();
		if (spec().onLinkedExit() == null && limit != null) {
			// a thread that is stuck in somebody's code does not look for signals
			link.deadline(this.system.scheduler()
				.schedule(() -> endOverdue(link, limit), Nanos.of(limit), TimeUnit.NANOSECONDS));
		}
	}

	private void endOverdue(LinkEnd link, Duration limit) {
		if (link.underWay() != null) {
			this.system.emit(new ShutdownTimedOut(this.path, link.life(), limit, this.system.now()));
			kill(link.life());
		}
	}

	@Override
	protected boolean isWanted() {
		return !isClosed();
	}

	/**
	 * Put the news of an end into the mailbox, whose bound does not matter to it.
	 * @param notice the news
	 */
	void deliver(Notice notice) {
		admit(notice);
		wake();
	}

	/**
	 * How long a life may take to end that was not asked to by its supervisor.
	 * @return the limit, or {@code null} for none
	 */
	@Nullable Duration timeToEnd() {
		Shutdown shutdown = child().spec.shutdown();
		return shutdown.isBrutalKill() ? DEFAULT_CLEANUP : shutdown.limit();
	}

	@Override
	void start(long incarnation) {
		signal((loop) -> loop.begin(incarnation));
	}

	@Override
	protected void requestStop(long incarnation, ExitReason reason) {
		if (spec().factory() instanceof TaskFactory) {
			// a task has nothing to bring to an end but its work
			end(incarnation, reason);
			return;
		}
		signal((loop) -> {
			Incarnation life = this.current;
			if (life != null && life.incarnation() == incarnation) {
				if (spec().stopsAtOnce()) {
					loop.stopAtOnce(life, reason);
				}
				else {
					loop.stopWhenIdle(life, reason);
				}
			}
		});
	}

	@Override
	void kill(long incarnation) {
		end(incarnation, ExitReason.killed());
	}

	@Override
	void close(ExitReason reason) {
		endPlaces();
		signal((loop) -> {
			shut(reason);
			endPlaces();
			if (child().incarnation == 0) {
				refusedFirstLife();
			}
		});
		// a task that is paused may be run again, and nobody waits for such tasks
		if (spec().factory() instanceof TaskFactory task && !child().isPaused()) {
			task.closed(this, reason);
		}
	}

	/**
	 * Where to bind what belongs to all lives of this agent: it stays while the agent is
	 * restarted, and ends when it is stopped for good.
	 * @return the place, or {@code null} if nothing lives here any more
	 */
	@Nullable Residence place() {
		if (PLACE.isEnded(this) && !isClosed() && PLACE.begin(this) && isClosed()) {
			endPlaces();
		}
		return isOver() ? null : this;
	}

	@Override
	void endPlaces() {
		PLACE.end(this);
	}

	@Override
	public Owner owner() {
		return Owner.at(this.path);
	}

	@Override
	public boolean isOver() {
		return PLACE.isEnded(this);
	}

	@Override
	public void bind(Disposable resource) {
		PLACE.add(this, resource);
	}

	@Override
	public void unbind(Disposable resource) {
		PLACE.remove(this, resource);
	}

	/**
	 * Take over what a live change has made of the specification since the life before.
	 */
	@SuppressWarnings("unchecked")
	void renewSpec() {
		AgentSpec<Object> latest = (AgentSpec<Object>) child().spec;
		AgentSpec<Object> before = spec();
		if (latest == before) {
			return;
		}
		Object name = before.registeredAs();
		if (name != null && !name.equals(latest.registeredAs())) {
			this.system.registry().names().unregister(name, Owner.at(this.path));
		}
		renew(latest);
	}

	/**
	 * See that the agent holds the name of its specification.
	 */
	void claimName() {
		Object name = spec().registeredAs();
		if (name != null) {
			Owner owner = Owner.at(this.path);
			Registration result = this.system.registry().names().register(name, owner);
			boolean held = result instanceof AlreadyRegistered other && other.owner().equals(owner);
			if (!held) {
				result.orElseThrow();
			}
		}
	}

	void dropStale(Incarnation life, String what) {
		dropStale(life.incarnation(), what);
	}

	@Override
	void dropStale(long incarnation, String what) {
		Incarnation kept = this.current;
		if (kept != null) {
			kept.tally().stale();
			Trace written = this.trace;
			if (written != null) {
				written.stale(kept, what);
			}
		}
		this.system.emit(new StaleDropped(this.path, incarnation, what, this.system.now()));
	}

	/**
	 * Whether the current life is to be ended by force. Read before calling out.
	 * @return {@code true} if so
	 */
	boolean isKillPending() {
		Incarnation life = this.current;
		return life != null && isKilled(life);
	}

	boolean isKilled(Incarnation life) {
		return life.incarnation() == this.killed;
	}

	/**
	 * Run code where this agent's code runs.
	 * @param code the code
	 */
	void run(Runnable code) {
		run(code, false);
	}

	private void run(Runnable code, boolean soon) {
		try {
			if (spec().blocking()) {
				this.system.blockingScheduler().schedule(code);
			}
			else if (soon) {
				this.system.workers().executeSoon(code);
			}
			else {
				this.system.workers().execute(code);
			}
		}
		catch (RejectedExecutionException ex) {
			// the system has given back its threads; what is left to do is to tell those
			// who wait
			code.run();
		}
		catch (Throwable ex) {
			Fatal.tell(ex);
			logger.error("The scheduler of agent '{}' failed; the agent runs on the thread that has called it",
					this.path, ex);
			// nobody else would, and the agent would do nothing any more
			code.run();
		}
	}

	/**
	 * Take the signals that have come. Called in the lane.
	 * @return those that came, in order, or {@code null} if none did
	 */
	@Nullable Signal takeSignals() {
		return (this.latestSignal != null) ? Signal.turnedRound(SIGNAL.getAndSet(this, null)) : null;
	}

	/**
	 * Run code that is not ours, from inside the lane.
	 * @param code the code
	 * @return whether it was run; it is not if the current life is to be ended by force
	 */
	boolean callOut(Runnable code) {
		return Objects.requireNonNull(this.lane, "whoever calls out is in a lane").callOut(code);
	}

	/**
	 * Tell somebody who waits, from inside the lane, or from elsewhere if the current
	 * life is to be ended by force.
	 * @param telling runs code that is not ours
	 */
	void inform(Runnable telling) {
		if (!callOut(telling)) {
			this.system.runElsewhere(telling);
		}
	}

	/**
	 * What runs this agent has failed, outside of the agent's own code. Called in the
	 * lane.
	 * @param cause what it failed with
	 */
	void broken(Throwable cause) {
		long life = this.latest;
		push((loop) -> loop.endByForce(life, ExitReason.crash(cause)));
	}

	void workReturned(long incarnation) {
		this.system.emit(new AbandonedWorkReturned(this.path, incarnation, this.system.now()));
	}

	/**
	 * End a life by force, wherever its thread is.
	 * @param incarnation its number
	 * @param reason why
	 */
	void end(long incarnation, ExitReason reason) {
		KILLED.accumulateAndGet(this, incarnation, Math::max);
		Lane taken = this.lane;
		push((loop) -> loop.endByForce(incarnation, reason));
		if (taken != null && taken.seize(incarnation)) {
			this.system.emit(new WorkAbandoned(this.path, incarnation, reason, this.system.now()));
			Incarnation life = this.current;
			HandlerRun cutOff = taken.inHand();
			if (life != null && cutOff != null && cutOff.incarnation() == life) {
				life.inFlight = cutOff;
			}
			Lane opened = new Lane(taken);
			this.lane = opened;
			run(opened);
		}
		else {
			wake();
		}
	}

	/**
	 * Cut a handler off that takes too long, unless it has ended just now, and crash its
	 * incarnation. Its cleanup runs unless a thread is still in the handler: that one is
	 * interrupted and loses the agent.
	 * @param run the call of the handler
	 * @param limit how long it might take
	 * @param elapsed how long it has taken
	 */
	void overdue(HandlerRun run, Duration limit, Duration elapsed) {
		if (!run.fence()) {
			return;
		}
		Envelope envelope = Objects.requireNonNull(run.envelope(), "a message is handled");
		boolean held = run.isCalling();
		HandlerTimeoutException error = new HandlerTimeoutException(this.path, envelope.messageType(), limit, elapsed,
				held ? run.stack() : new StackTraceElement[0]);
		this.system.runElsewhere(run::cancelUpstream);
		if (held) {
			end(run.incarnation().incarnation(), ExitReason.crash(error));
		}
		else {
			signal((loop) -> loop.overdue(run, error));
		}
	}

}
