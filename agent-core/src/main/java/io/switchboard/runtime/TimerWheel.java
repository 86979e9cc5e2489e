package io.switchboard.runtime;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;

/**
 * Timers for very many that wait, most of which are called off before their time. To set
 * or to call off a timer costs the caller one compare-and-set, however many there are.
 * They are true to a millisecond, and never early.
 * <p>
 * After Varghese and Lauck, "Hashed and Hierarchical Timing Wheels" (1987): a ring of
 * slots a millisecond each, and a second ring of slots a round of the first each, whose
 * timers move to the first when their round begins. One thread turns both. New timers
 * wait in a stack until it looks, so one that is called off before that never enters a
 * ring.
 */
final class TimerWheel implements Runnable {

	private static final Logger logger = LoggerFactory.getLogger(TimerWheel.class);

	private static final long TICK_NANOS = 1_000_000;

	private static final int SLOT_BITS = 13;

	/**
	 * Slots of a tick each: a round is some eight seconds.
	 */
	private static final int SLOTS = 1 << SLOT_BITS;

	/**
	 * Slots of a round each: some seventy minutes. Timers further away go round.
	 */
	private static final int ROUNDS = 1 << 9;

	/**
	 * As many new timers wake the thread, so that those called off are not kept for long.
	 */
	private static final int MANY = 4096;

	/**
	 * Timers that are set further ahead go off then: some 146 years.
	 */
	private static final long LONGEST_NANOS = Long.MAX_VALUE / 2;

	private static final long AWAKE = Long.MIN_VALUE;

	private final LongSupplier clock;

	private final long base;

	/**
	 * The slots of both rings, the near ones first.
	 */
	private final @Nullable Timer[] slots = new @Nullable Timer[SLOTS + ROUNDS];

	private final long[] occupied = new long[SLOTS / Long.SIZE];

	private final AtomicReference<@Nullable Timer> added = new AtomicReference<>();

	private final AtomicReference<@Nullable Timer> calledOff = new AtomicReference<>();

	private final Thread thread;

	/**
	 * The tick until which the thread sleeps.
	 */
	private volatile long sleepsUntil = AWAKE;

	private volatile boolean closed;

	/**
	 * The last tick whose timers have gone off.
	 */
	private long tick;

	/**
	 * How many timers are in the far ring.
	 */
	private int far;

	/**
	 * Make a wheel and start to turn it.
	 * @param name what its thread is called
	 * @param clock tells nanoseconds that only go up
	 */
	TimerWheel(String name, LongSupplier clock) {
		this.clock = clock;
		this.base = clock.getAsLong();
		this.thread = new Thread(this, name);
		this.thread.setDaemon(true);
		this.thread.start();
	}

	/**
	 * Set a timer.
	 * @param timer what to do then
	 * @param delayNanos in how many nanoseconds
	 */
	void add(Timer timer, long delayNanos) {
		addAt(timer, in(delayNanos));
	}

	/**
	 * A time to come, on this wheel.
	 * @param delayNanos in how many nanoseconds
	 * @return nanoseconds since it began to turn
	 */
	long in(long delayNanos) {
		return now() + Math.max(0, Math.min(delayNanos, LONGEST_NANOS));
	}

	/**
	 * The time on this wheel.
	 * @return nanoseconds since it began to turn
	 */
	long now() {
		return this.clock.getAsLong() - this.base;
	}

	/**
	 * Set a timer.
	 * @param timer what to do then
	 * @param dueNanos when, in the wheel's own time
	 */
	void addAt(Timer timer, long dueNanos) {
		if (this.closed) {
			throw new RejectedExecutionException("The timers are closed");
		}
		timer.wheel = this;
		timer.dueTick = Math.floorDiv(dueNanos + TICK_NANOS - 1, TICK_NANOS);
		int depth = push(this.added, timer);
		if (timer.dueTick < this.sleepsUntil || depth == MANY) {
			LockSupport.unpark(this.thread);
		}
	}

	private static int push(AtomicReference<@Nullable Timer> stack, Timer timer) {
		Timer head;
		do {
			head = stack.get();
			timer.below = head;
			timer.depth = (head != null) ? head.depth + 1 : 1;
		}
		while (!stack.compareAndSet(head, timer));
		return timer.depth;
	}

	void close() {
		this.closed = true;
		LockSupport.unpark(this.thread);
	}

	@Override
	public void run() {
		while (!this.closed) {
			try {
				unlinkCalledOff();
				skipSilence();
				place();
				goOff(nowTick());
			}
			catch (Throwable ex) {
				Fatal.tell(ex);
				logger.error("A timer failed", ex);
			}
			sleep();
		}
	}

	private long nowTick() {
		return Math.floorDiv(now(), TICK_NANOS);
	}

	private void sleep() {
		this.sleepsUntil = nextOccupied();
		if (this.added.get() == null && !this.closed) {
			long until = this.sleepsUntil;
			if (until == Long.MAX_VALUE) {
				LockSupport.park(this);
			}
			else {
				long nanos = this.base + until * TICK_NANOS - this.clock.getAsLong();
				if (nanos > 0) {
					LockSupport.parkNanos(this, nanos);
				}
			}
		}
		this.sleepsUntil = AWAKE;
	}

	/**
	 * Find the next tick at which there is something to do.
	 * @return the tick, or the greatest number if there are no timers
	 */
	private long nextOccupied() {
		long roundEnds = (this.far > 0) ? ((this.tick >> SLOT_BITS) + 1) << SLOT_BITS : Long.MAX_VALUE;
		for (int ahead = 1; ahead <= SLOTS;) {
			int slot = nearSlot(this.tick + ahead);
			long rest = this.occupied[slot / Long.SIZE] >>> (slot % Long.SIZE);
			if (rest != 0) {
				return Math.min(roundEnds, this.tick + ahead + Long.numberOfTrailingZeros(rest));
			}
			ahead += Long.SIZE - slot % Long.SIZE;
		}
		return roundEnds;
	}

	private static int nearSlot(long tick) {
		return (int) (tick & (SLOTS - 1));
	}

	private static int farSlot(long tick) {
		return SLOTS + (int) ((tick >> SLOT_BITS) & (ROUNDS - 1));
	}

	private void place() {
		Timer overdue = null;
		for (Timer timer = this.added.getAndSet(null); timer != null;) {
			Timer below = timer.below;
			timer.below = null;
			if (timer.dueTick <= this.tick) {
				timer.below = overdue;
				overdue = timer;
			}
			else if (timer.isWaiting()) {
				link(timer);
				timer.placed = true;
				if (!timer.isWaiting()) {
					// whoever called it off may have looked before
					unlink(timer);
				}
			}
			timer = below;
		}
		goOffInOrder(overdue);
	}

	/**
	 * Let timers go off that are set for a tick that has been. The next tick may be long
	 * in coming where the clock is not the machine's.
	 * @param first the one that was set first
	 */
	private void goOffInOrder(@Nullable Timer first) {
		for (Timer timer = first; timer != null;) {
			Timer following = timer.below;
			timer.below = null;
			timer.goOff();
			timer = following;
		}
	}

	/**
	 * Do not turn through all the time in which there was no timer.
	 */
	private void skipSilence() {
		if (nextOccupied() == Long.MAX_VALUE) {
			this.tick = Math.max(this.tick, nowTick() - 1);
		}
	}

	private void unlinkCalledOff() {
		for (Timer timer = this.calledOff.getAndSet(null); timer != null;) {
			Timer below = timer.below;
			timer.below = null;
			unlink(timer);
			timer = below;
		}
	}

	private void link(Timer timer) {
		long due = Math.max(timer.dueTick, this.tick + 1);
		boolean near = due - this.tick <= SLOTS;
		int slot = near ? nearSlot(due) : farSlot(due);
		Timer first = this.slots[slot];
		timer.slot = slot;
		timer.next = first;
		if (first != null) {
			first.previous = timer;
		}
		this.slots[slot] = timer;
		if (near) {
			this.occupied[slot / Long.SIZE] |= 1L << (slot % Long.SIZE);
		}
		else {
			this.far++;
		}
	}

	private void unlink(Timer timer) {
		int slot = timer.slot;
		if (slot < 0) {
			return;
		}
		Timer previous = timer.previous;
		Timer next = timer.next;
		if (previous != null) {
			previous.next = next;
		}
		else {
			this.slots[slot] = next;
		}
		if (next != null) {
			next.previous = previous;
		}
		timer.previous = null;
		timer.next = null;
		timer.slot = -1;
		if (slot >= SLOTS) {
			this.far--;
		}
		else if (this.slots[slot] == null) {
			this.occupied[slot / Long.SIZE] &= ~(1L << (slot % Long.SIZE));
		}
	}

	private void goOff(long now) {
		for (long next = nextOccupied(); next <= now; next = nextOccupied()) {
			// nothing is due in between
			this.tick = next - 1;
			if (nearSlot(next) == 0) {
				beginRound(next);
			}
			this.tick = next;
			for (Timer timer = this.slots[nearSlot(next)]; timer != null;) {
				Timer following = timer.next;
				unlink(timer);
				timer.goOff();
				timer = following;
			}
		}
		this.tick = Math.max(this.tick, now);
	}

	/**
	 * Move the timers of a round, but not those of the same slot that go round again.
	 * @param first the first tick of the round
	 */
	private void beginRound(long first) {
		for (Timer timer = this.slots[farSlot(first)]; timer != null;) {
			Timer following = timer.next;
			if (timer.dueTick - first < SLOTS) {
				unlink(timer);
				link(timer);
			}
			timer = following;
		}
	}

	/**
	 * Something to be done at a time. Goes off once, on the wheel's thread, so it must
	 * only hand over.
	 */
	abstract static class Timer implements Disposable {

		private static final AtomicIntegerFieldUpdater<Timer> STATE = AtomicIntegerFieldUpdater.newUpdater(Timer.class,
				"state");

		private static final int WAITING = 0;

		private static final int OVER = 1;

		private volatile int state = WAITING;

		private volatile boolean placed;

		private @Nullable TimerWheel wheel;

		private @Nullable Timer below;

		private @Nullable Timer previous;

		private @Nullable Timer next;

		private int depth;

		private int slot = -1;

		private long dueTick;

		/**
		 * Its time has come. Called at most once, and not after it was called off.
		 */
		abstract void due();

		private boolean isWaiting() {
			return this.state == WAITING;
		}

		/**
		 * What the timer stands on where it is not on a wheel.
		 */
		private volatile @Nullable Disposable elsewhere;

		/**
		 * Wait somewhere else than on a wheel.
		 * @param waiting calls the wait off
		 */
		final void waitElsewhere(Disposable waiting) {
			this.elsewhere = waiting;
			if (isDisposed()) {
				waiting.dispose();
			}
		}

		final void goOff() {
			if (STATE.compareAndSet(this, WAITING, OVER)) {
				try {
					due();
				}
				catch (RejectedExecutionException ex) {
					logger.debug("A timer came too late for its pool", ex);
				}
				catch (Throwable ex) {
					// those of the same moment would wait for the next round
					Fatal.tell(ex);
					logger.error("A timer failed", ex);
				}
			}
		}

		/**
		 * Set this timer again. To be called from {@link #due()} only.
		 * @param dueNanos when, in the wheel's own time
		 */
		final void again(long dueNanos) {
			TimerWheel turning = this.wheel;
			// nobody calls it off between the two, for it is over
			this.placed = false;
			if (turning != null && STATE.compareAndSet(this, OVER, WAITING)) {
				turning.addAt(this, dueNanos);
			}
		}

		@Override
		public void dispose() {
			if (STATE.compareAndSet(this, WAITING, OVER) && this.placed) {
				TimerWheel turning = this.wheel;
				if (turning != null) {
					push(turning.calledOff, this);
				}
			}
			Disposable waiting = this.elsewhere;
			if (waiting != null) {
				waiting.dispose();
			}
		}

		@Override
		public boolean isDisposed() {
			return this.state == OVER;
		}

	}

}
