package io.switchboard.runtime;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * A thread of a {@link FairPool}. It looks for work, searches a little while longer when
 * there is none, and then sleeps until it is woken.
 */
final class PoolWorker extends Thread {

	private static final AtomicIntegerFieldUpdater<PoolWorker> ASLEEP = AtomicIntegerFieldUpdater
		.newUpdater(PoolWorker.class, "asleep");

	private static final AtomicLongFieldUpdater<PoolWorker> TAKEN = AtomicLongFieldUpdater.newUpdater(PoolWorker.class,
			"taken");

	private static final AtomicReferenceFieldUpdater<PoolWorker, @Nullable Runnable> TASK = AtomicReferenceFieldUpdater
		.newUpdater(PoolWorker.class, Runnable.class, "task");

	private static final AtomicReferenceFieldUpdater<PoolWorker, @Nullable Runnable> NEXT = AtomicReferenceFieldUpdater
		.newUpdater(PoolWorker.class, Runnable.class, "next");

	/**
	 * So many tasks may go before those that have waited longer.
	 */
	private static final int MOST_OWN_IN_A_ROW = 4;

	/**
	 * How often a worker looks again before it sleeps; some ten microseconds. Waking a
	 * thread costs about as much.
	 */
	private static final int SEARCHES = 200;

	private final FairPool pool;

	private volatile int asleep;

	private volatile boolean dismissed;

	/**
	 * What the worker does now, for the watchdog.
	 */
	private volatile @Nullable Runnable task;

	/**
	 * Counts the tasks taken, so that the watchdog can tell one from the next.
	 */
	private volatile long taken;

	private boolean urgentTurn;

	/**
	 * What this worker does next, as it has just made it ready: the processor still knows
	 * what belongs to it.
	 */
	private volatile @Nullable Runnable next;

	/**
	 * How many tasks in a row were taken from there. Confined to the worker.
	 */
	private int ownInARow;

	/**
	 * What the watchdog saw when it looked last. Confined to the watchdog.
	 */
	final Sighting sighting = new Sighting(Watchdog.TICK_NANOS);

	PoolWorker(FairPool pool, String name) {
		super(name);
		this.pool = pool;
		setDaemon(true);
	}

	/**
	 * Wake the worker if it sleeps.
	 * @return whether it did
	 */
	boolean wake() {
		if (this.asleep == 1 && ASLEEP.compareAndSet(this, 1, 0)) {
			LockSupport.unpark(this);
			return true;
		}
		return false;
	}

	boolean isOf(FairPool pool) {
		return this.pool == pool;
	}

	boolean isAsleep() {
		return this.asleep == 1;
	}

	/**
	 * Let the worker end as soon as it has nothing in hand.
	 */
	void dismiss() {
		this.dismissed = true;
		ASLEEP.set(this, 0);
		LockSupport.unpark(this);
	}

	/**
	 * Do a task right after the current one. To be called by the worker itself.
	 * @param task the task
	 * @return {@code false} if another is to be done then, or others have to wait for too
	 * many already
	 */
	boolean doNext(Runnable task) {
		if (this.ownInARow >= MOST_OWN_IN_A_ROW || this.dismissed || this.next != null) {
			return false;
		}
		NEXT.lazySet(this, task);
		return true;
	}

	/**
	 * Take what the worker would do next.
	 * @return the task, or {@code null} if there is none
	 */
	@Nullable Runnable takeNext() {
		return (this.next != null) ? NEXT.getAndSet(this, null) : null;
	}

	boolean isDismissed() {
		return this.dismissed;
	}

	/**
	 * What the worker does now.
	 * @return the task, or {@code null} if it has none
	 */
	@Nullable Runnable task() {
		return this.task;
	}

	long taken() {
		return this.taken;
	}

	@Override
	public void run() {
		while (!this.dismissed) {
			Runnable next = take();
			if (next == null) {
				next = search();
			}
			if (next != null) {
				perform(next);
			}
			else if (this.pool.isDrained()) {
				break;
			}
		}
		Runnable left = takeNext();
		if (left != null) {
			perform(left);
		}
		this.pool.left(this);
		if (this.pool.isClosed()) {
			// whoever added a task meanwhile may have seen this worker
			for (Runnable late = take(); late != null; late = take()) {
				perform(late);
			}
		}
	}

	private void perform(Runnable next) {
		// the watchdog looks each millisecond: it need not see this at once, but in this
		// order
		TAKEN.lazySet(this, this.taken + 1);
		TASK.lazySet(this, next);
		try {
			next.run();
		}
		catch (Throwable ex) {
			PoolScheduler.uncaught(this, ex);
		}
		finally {
			TASK.lazySet(this, null);
			// what a task has left behind is not the business of the next
			interrupted();
		}
	}

	/**
	 * Take what is next: by turns from the urgent and from the ordinary, so that neither
	 * waits for more than one task of the other kind.
	 * @return the task, or {@code null} if there is none
	 */
	private @Nullable Runnable take() {
		if (this.urgentTurn) {
			Runnable urgent = this.pool.pollUrgent();
			if (urgent != null) {
				this.urgentTurn = false;
				return urgent;
			}
		}
		Runnable own = takeNext();
		if (own != null) {
			this.urgentTurn = true;
			this.ownInARow++;
			return own;
		}
		this.ownInARow = 0;
		Runnable ordinary = this.pool.pollOrdinary();
		if (ordinary != null) {
			this.urgentTurn = true;
			return ordinary;
		}
		return this.pool.pollUrgent();
	}

	private @Nullable Runnable search() {
		this.pool.searchBegins();
		for (int i = 0; i < SEARCHES; i++) {
			Runnable found = take();
			if (found != null) {
				this.pool.searchEndsWithWork();
				return found;
			}
			onSpinWait();
		}
		Runnable foreign = this.pool.takeNextOfOthers();
		if (foreign != null) {
			this.pool.searchEndsWithWork();
			return foreign;
		}
		this.asleep = 1;
		this.pool.searchEnds();
		// whoever adds a task looks for searchers and then for sleepers: either it finds
		// this one, or the task is found here
		Runnable found = take();
		if (found != null) {
			this.asleep = 0;
			this.pool.awakeWithWork();
			return found;
		}
		while (this.asleep == 1 && !this.dismissed && !this.pool.isDrained()) {
			LockSupport.park(this.pool);
			interrupted();
		}
		this.asleep = 0;
		this.pool.awake();
		return null;
	}

}
