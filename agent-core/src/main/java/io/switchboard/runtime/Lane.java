package io.switchboard.runtime;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.switchboard.AgentPath;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to run an agent: at most one thread at a time is inside a lane, and it alone
 * touches what is confined to the agent.
 * <p>
 * The JVM cannot stop a thread that is stuck in somebody's code. What can be done is to
 * take the agent away from it: while the thread is in code that is not ours, the lane can
 * be <em>seized</em>. The agent goes on in a new lane, and the thread leaves as soon as
 * that code returns, without touching anything.
 * <p>
 * A lane is there only while the agent has something to do.
 */
final class Lane implements Runnable, AgentWork {

	private static final Logger logger = LoggerFactory.getLogger(Lane.class);

	private static final AtomicIntegerFieldUpdater<Lane> STATE = AtomicIntegerFieldUpdater.newUpdater(Lane.class,
			"state");

	private static final AtomicIntegerFieldUpdater<Lane> WORK = AtomicIntegerFieldUpdater.newUpdater(Lane.class,
			"work");

	/**
	 * Nothing has come since the lane looked last.
	 */
	private static final int NONE = 0;

	/**
	 * Something has come.
	 */
	private static final int SOME = 1;

	/**
	 * Nothing had come, and the lane is left for good.
	 */
	private static final int CLOSED = 2;

	private static final int OURS = 0;

	private static final int CALLED_OUT = 1;

	private static final int SEIZING = 2;

	private static final int SEIZED = 3;

	private final AgentCell cell;

	private volatile int work = SOME;

	private volatile int state;

	/**
	 * Written before the state, and read after it.
	 */
	private @Nullable Thread runner;

	/**
	 * The life for which the lane's thread is in code that is not ours. Written before
	 * the state, and read after it.
	 */
	private long calledOutFor;

	private final AgentLoop loop;

	Lane(AgentCell cell) {
		this.cell = cell;
		this.loop = new AgentLoop(cell, this, null);
	}

	/**
	 * Make a lane in the place of another.
	 * @param seized the lane that was seized
	 */
	Lane(Lane seized) {
		this.cell = seized.cell;
		this.loop = new AgentLoop(this.cell, this, seized.loop);
	}

	/**
	 * The method call whose code the lane's thread is in.
	 * @return the call, or {@code null} if it is in none
	 */
	@Nullable HandlerRun inHand() {
		return this.loop.inHand();
	}

	/**
	 * Say that there is something to do. Called from any thread after the work was
	 * queued.
	 * @return {@code false} if this lane is closed, and another has to be opened
	 */
	boolean wake() {
		int seen = this.work;
		while (seen == NONE) {
			if (WORK.compareAndSet(this, NONE, SOME)) {
				return true;
			}
			seen = this.work;
		}
		return seen == SOME;
	}

	@Override
	public void run() {
		this.runner = Thread.currentThread();
		try {
			do {
				this.work = NONE;
				if (!this.loop.drain()) {
					this.work = SOME;
					this.cell.run(this);
					return;
				}
			}
			while (!WORK.compareAndSet(this, NONE, CLOSED));
			this.cell.left(this);
		}
		catch (SeizedException ex) {
			this.cell.workReturned(this.calledOutFor);
		}
		catch (Throwable ex) {
			try {
				Fatal.tell(ex);
				logger.error("What runs agent '{}' failed; its life ends by that", this.cell.path, ex);
			}
			finally {
				// the lane was not left, so nobody else would go on
				this.cell.broken(ex);
				this.work = SOME;
				this.cell.run(this);
			}
		}
	}

	@Override
	public AgentPath path() {
		return this.cell.path;
	}

	@Override
	public long incarnation() {
		return this.cell.latest();
	}

	/**
	 * Run code that is not ours, unless the agent's life is to be ended by force.
	 * @param code the code; what it throws is logged
	 * @return whether it was run
	 * @throws SeizedException if the lane was seized meanwhile: leave at once
	 */
	boolean callOut(Runnable code) {
		this.calledOutFor = this.cell.latest();
		this.state = CALLED_OUT;
		// a kill first leaves its note and then looks at the state: one of the two sees
		// the other
		boolean run = !this.cell.isKillPending();
		Throwable failure = run ? failureOf(code) : null;
		while (!STATE.compareAndSet(this, CALLED_OUT, OURS)) {
			if (this.state == SEIZED) {
				this.cell.system.abandoned().remove(Thread.currentThread());
				Thread.interrupted();
				throw SeizedException.INSTANCE;
			}
			Thread.onSpinWait();
		}
		if (failure != null) {
			// only now: if this fails, too, the lane is ours again
			Fatal.tell(failure);
			logger.error("Somebody who waited for agent '{}' failed when told", this.cell.path, failure);
		}
		return run;
	}

	private static @Nullable Throwable failureOf(Runnable code) {
		try {
			code.run();
			return null;
		}
		catch (Throwable ex) {
			return ex;
		}
	}

	/**
	 * Take the agent away from a thread that is in code that is not ours, and interrupt
	 * that thread.
	 * @param incarnation the life that is ended by this
	 * @return whether the lane is seized; if not, its thread will look for signals before
	 * it calls out again
	 */
	boolean seize(long incarnation) {
		if (!STATE.compareAndSet(this, CALLED_OUT, SEIZING)) {
			return false;
		}
		if (this.calledOutFor > incarnation) {
			// that life has ended by itself, and the thread works for a later one
			this.state = CALLED_OUT;
			return false;
		}
		this.calledOutFor = incarnation;
		Thread stuck = this.runner;
		if (stuck != null) {
			this.cell.system.abandoned().add(stuck, this.cell, incarnation);
			stuck.interrupt();
		}
		this.state = SEIZED;
		return true;
	}

	/**
	 * Unwinds a thread whose lane was seized.
	 */
	private static final class SeizedException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		private static final SeizedException INSTANCE = new SeizedException();

		private SeizedException() {
			super("lane seized", null, false, false);
		}

	}

}
