package io.switchboard.runtime;

import java.time.Duration;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.switchboard.AgentExitedException;
import io.switchboard.AgentPath;
import io.switchboard.Behaviour;
import io.switchboard.ExitReason;
import io.switchboard.SendResult;
import io.switchboard.event.AgentEvent.AbandonedWorkReturned;
import io.switchboard.event.AgentEvent.StaleDropped;
import io.switchboard.event.AgentEvent.WorkAbandoned;
import io.switchboard.runtime.Incarnation.Phase;
import io.switchboard.runtime.Incarnation.StartIgnoredException;
import io.switchboard.supervision.AgentSpec;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/**
 * Runs an agent: one message at a time, control signals first. The mailbox stays while
 * incarnations come and go.
 * <p>
 * Everything without further note is confined to the {@linkplain Lane lane}. Other
 * threads put messages into the mailbox and signals into their queue, and wake the lane.
 */
final class AgentCell extends Cell {

	/**
	 * Messages handled in one go before other agents get their turn.
	 */
	private static final int BATCH = 64;

	private static final Duration DEFAULT_CLEANUP = Duration.ofSeconds(5);

	private final AgentSpec<Object> spec;

	private final AgentInbox inbox;

	private final BehaviourSource behaviours;

	private final Queue<Runnable> signals = new ConcurrentLinkedQueue<>();

	private volatile Lane lane = new Lane(this);

	private volatile long killed;

	private volatile @Nullable Incarnation current;

	private volatile long latest;

	private volatile boolean suspended;

	private volatile @Nullable Stash stash;

	@SuppressWarnings("unchecked")
	AgentCell(DefaultAgentSystem system, AgentPath path, Child child, ChildReports reports) {
		super(system, path, child, reports);
		this.spec = (AgentSpec<Object>) child.spec;
		this.inbox = new AgentInbox(this, this.spec);
		this.behaviours = new BehaviourSource(path, this.spec.factory());
	}

	// ---- from any thread

	SendResult send(Envelope envelope) {
		SendResult result = this.inbox.offer(envelope);
		if (result.isAccepted()) {
			this.lane.wake();
		}
		return result;
	}

	void signal(Runnable signal) {
		this.signals.add(signal);
		this.lane.wake();
	}

	/**
	 * Put a message that an incarnation has sent itself into the mailbox.
	 * @param life the incarnation
	 * @param message the message
	 */
	void remind(Incarnation life, Object message) {
		Envelope envelope = new Envelope(new Reminder(life, message), null, this.system.nanos());
		SendResult result = send(envelope);
		if (!result.isAccepted()) {
			this.inbox.notTaken(envelope, result);
		}
	}

	AgentSpec<?> spec() {
		return this.spec;
	}

	AgentInbox inbox() {
		return this.inbox;
	}

	Stash stash() {
		Stash aside = this.stash;
		if (aside == null) {
			aside = new Stash(this.path, this.inbox.state().capacity());
			this.stash = aside;
		}
		return aside;
	}

	boolean isSuspended() {
		return this.suspended;
	}

	@Override
	boolean isClosed() {
		return this.inbox.isClosed();
	}

	@Override
	void start(long incarnation) {
		signal(() -> begin(incarnation));
	}

	@Override
	protected void requestStop(long incarnation, ExitReason reason) {
		signal(() -> {
			Incarnation life = this.current;
			if (life != null && life.incarnation() == incarnation) {
				stopWhenIdle(life, reason);
			}
		});
	}

	@Override
	void kill(long incarnation) {
		end(incarnation, ExitReason.killed());
	}

	@Override
	void close(ExitReason reason) {
		signal(() -> this.inbox.close(reason));
	}

	void dropStale(Incarnation life, String what) {
		this.system.emit(new StaleDropped(this.path, life.incarnation(), what, this.system.now()));
	}

	/**
	 * Whether the current life is to be ended by force. Read before calling out.
	 * @return {@code true} if so
	 */
	boolean isKillPending() {
		Incarnation life = this.current;
		return life != null && life.incarnation() == this.killed;
	}

	void dispatch(Lane lane) {
		try {
			(this.spec.blocking() ? this.system.blockingScheduler() : this.system.scheduler()).schedule(lane);
		}
		catch (RejectedExecutionException ex) {
			// the system has given back its threads; what is left to do is to tell those
			// who wait
			lane.run();
		}
	}

	void workReturned(long incarnation) {
		this.system.emit(new AbandonedWorkReturned(this.path, incarnation, this.system.now()));
	}

	private void end(long incarnation, ExitReason reason) {
		this.killed = incarnation;
		Lane taken = this.lane;
		this.signals.add(() -> endByForce(incarnation, reason));
		if (taken.seize(incarnation)) {
			this.system.emit(new WorkAbandoned(this.path, incarnation, this.system.now()));
			this.lane = new Lane(this);
			this.lane.wake();
		}
		else {
			taken.wake();
		}
	}

	// ---- in the lane

	/**
	 * Do what there is to do.
	 * @return {@code false} if there is more, but others should have their turn first
	 */
	boolean drain() {
		for (int handled = 0;; handled++) {
			for (Runnable signal = this.signals.poll(); signal != null; signal = this.signals.poll()) {
				signal.run();
			}
			if (this.inbox.isClosed()) {
				discardAll();
			}
			Incarnation life = this.current;
			if (life == null || this.suspended || !life.takesMessages()) {
				return true;
			}
			if (handled == BATCH) {
				return false;
			}
			Envelope envelope = next(life);
			if (envelope == null) {
				return true;
			}
			if (!envelope.isAbandoned()) {
				handle(life, envelope);
			}
		}
	}

	/**
	 * Take what is to be handled next: what an agent without delay sends itself when
	 * idle, then what it had put aside, then the mailbox.
	 * @param life the current life
	 * @return the message, or {@code null} if there is none
	 */
	private @Nullable Envelope next(Incarnation life) {
		Idle idle = life.idle;
		if (idle != null && idle.isDue()) {
			return idle.take(life, this.system.nanos());
		}
		Envelope envelope = nextWaiting();
		if (idle != null && envelope != null) {
			idle.cancel(life);
		}
		else if (idle != null) {
			idle.arm(this.system.scheduler(), () -> signal(idle::elapsed));
		}
		return envelope;
	}

	private void handle(Incarnation life, Envelope envelope) {
		Object message = envelope.message();
		if (message instanceof Reminder reminder) {
			if (reminder.life() != life) {
				dropStale(reminder.life(), "timer");
				return;
			}
			message = reminder.message();
		}
		Object handled = message;
		Behaviour<Object> behaviour = Objects.requireNonNull(life.behaviour, "a running agent behaves");
		call(life, envelope, () -> behaviour.onMessage(handled, life));
	}

	private void begin(long number) {
		cancelDeadline();
		this.inbox.open();
		this.latest = number;
		Incarnation life = new Incarnation(this, number);
		this.current = life;
		life.startTimer = this.system.scheduler()
			.schedule(() -> startTimedOut(life), Nanos.of(this.spec.startTimeout()), TimeUnit.NANOSECONDS);
		call(life, null, () -> {
			Behaviour<Object> behaviour = this.behaviours.create();
			life.behaviour = behaviour;
			return behaviour.onStart(life);
		});
	}

	private void startTimedOut(Incarnation life) {
		if (life.decideStart()) {
			end(life.incarnation(),
					ExitReason.crash(new IllegalStateException(
							"Agent '%s' was not ready within its start time-out of %s; start faster, or allow more"
								.formatted(this.path, this.spec.startTimeout()))));
		}
	}

	private void call(Incarnation life, @Nullable Envelope envelope,
			Callable<? extends @Nullable Publisher<?>> method) {
		HandlerRun run = new HandlerRun(this, life, envelope);
		life.inFlight = run;
		this.lane.callOut(() -> run.begin(method));
		if (run.isOverAtOnce()) {
			settle(run);
		}
	}

	/**
	 * A method call has ended: see what comes next.
	 * @param run the call
	 */
	void settle(HandlerRun run) {
		Incarnation life = run.incarnation();
		if (life != this.current || life.inFlight != run) {
			return;
		}
		life.inFlight = null;
		Throwable error = run.error();
		switch (life.phase) {
			case STARTING -> startSettled(life, error);
			case RUNNING -> {
				if (error != null) {
					crash(life, run.unanswered(), error);
				}
				else if (life.stopReason != null) {
					cleanUp(life, life.stopReason);
				}
			}
			case CLEANING_UP -> {
				ExitReason reason = Objects.requireNonNull(life.stopReason, "a life that is cleaned up has ended");
				exited(life, (error != null) ? ExitReason.crash(error) : reason);
			}
		}
	}

	private void startSettled(Incarnation life, @Nullable Throwable error) {
		if (!life.decideStart()) {
			return;
		}
		life.stopStartTimer();
		if (error == null) {
			life.phase = Phase.RUNNING;
			reportStarted(life.incarnation());
			if (life.stopReason != null) {
				cleanUp(life, life.stopReason);
			}
			else {
				Behaviour<Object> behaviour = Objects.requireNonNull(life.behaviour, "a running agent behaves");
				call(life, null, () -> behaviour.onStarted(life));
			}
		}
		else if (error instanceof StartIgnoredException) {
			over(life);
			reportIgnored(life.incarnation());
		}
		else {
			over(life);
			reportStartFailed(life.incarnation(), ExitReason.crash(error));
		}
	}

	/**
	 * End a life in an orderly way when its current message is handled.
	 * @param life the life
	 * @param reason why
	 */
	void stopWhenIdle(Incarnation life, ExitReason reason) {
		if (life != this.current || life.stopReason != null) {
			return;
		}
		life.stopReason = reason;
		if (life.phase == Phase.RUNNING && life.inFlight == null) {
			cleanUp(life, reason);
		}
	}

	/**
	 * Something that a life had scheduled failed where no publisher could tell.
	 * @param life the life
	 * @param error what it failed with
	 */
	void crashFromOutside(Incarnation life, Throwable error) {
		if (life != this.current || life.phase == Phase.CLEANING_UP) {
			dropStale(life, "error");
			return;
		}
		HandlerRun run = life.inFlight;
		life.inFlight = null;
		if (run != null && run.fence()) {
			this.system.blockingScheduler().schedule(run::cancelUpstream);
		}
		if (life.phase == Phase.STARTING) {
			startSettled(life, error);
		}
		else {
			crash(life, (run != null) ? run.unanswered() : null, error);
		}
	}

	private void crash(Incarnation life, @Nullable Envelope envelope, Throwable error) {
		ExitReason reason = ExitReason.crash(error);
		// first what must happen, then what runs somebody's code
		life.phase = Phase.CLEANING_UP;
		life.stopReason = reason;
		if (envelope != null) {
			tellAsker(envelope, life.incarnation(), reason);
		}
		cleanUp(life, reason);
	}

	private void cleanUp(Incarnation life, ExitReason reason) {
		life.phase = Phase.CLEANING_UP;
		life.stopReason = reason;
		Duration limit = this.spec.shutdown().limit();
		if (limit != null) {
			killAfter(this.spec.shutdown().isBrutalKill() ? DEFAULT_CLEANUP : limit, life.incarnation());
		}
		Behaviour<Object> behaviour = Objects.requireNonNull(life.behaviour, "a running agent behaves");
		call(life, null, () -> behaviour.onStop(reason, life));
	}

	private void exited(Incarnation life, ExitReason reason) {
		over(life);
		reportExited(life.incarnation(), reason);
		tellOwed(life, reason);
	}

	private void over(Incarnation life) {
		this.current = null;
		this.suspended = false;
		life.end();
		Stash aside = this.stash;
		if (aside != null) {
			aside.release();
		}
	}

	/**
	 * Tell those to whom a life still owes an answer that none will come.
	 * @param life the life
	 * @param reason why it ended
	 */
	private void tellOwed(Incarnation life, ExitReason reason) {
		for (Envelope envelope : life.takeOwed()) {
			tellAsker(envelope, life.incarnation(), reason);
		}
	}

	private void endByForce(long incarnation, ExitReason reason) {
		Incarnation life = this.current;
		if (life == null || life.incarnation() != incarnation) {
			return;
		}
		over(life);
		if (life.phase == Phase.STARTING) {
			reportStartFailed(incarnation, reason);
		}
		else if (life.phase == Phase.CLEANING_UP && life.stopReason instanceof ExitReason.Crash crash) {
			reportExited(incarnation, crash);
		}
		else {
			reportExited(incarnation, reason);
		}
		HandlerRun run = life.inFlight;
		if (run != null && run.fence()) {
			// cancelling may take its time in somebody's code, and nothing waits for it
			this.system.blockingScheduler().schedule(run::cancelUpstream);
			Envelope envelope = run.unanswered();
			if (envelope != null) {
				tellAsker(envelope, incarnation, reason);
			}
		}
		tellOwed(life, reason);
	}

	private @Nullable Envelope nextWaiting() {
		Stash aside = this.stash;
		Envelope envelope = (aside != null) ? aside.poll() : null;
		return (envelope != null) ? envelope : this.inbox.poll();
	}

	private void discardAll() {
		for (Envelope envelope = nextWaiting(); envelope != null; envelope = nextWaiting()) {
			this.inbox.lost(envelope);
			tellAsker(envelope, this.latest, this.inbox.closeReason());
		}
	}

	private void tellAsker(Envelope envelope, long incarnation, ExitReason reason) {
		if (envelope.replyTo() != null) {
			Runnable telling = () -> envelope.fail(new AgentExitedException(this.path, incarnation, reason));
			if (!this.lane.callOut(telling)) {
				this.system.blockingScheduler().schedule(telling);
			}
		}
	}

}
