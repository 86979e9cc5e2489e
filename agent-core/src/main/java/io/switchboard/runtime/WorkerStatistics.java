package io.switchboard.runtime;

import java.time.Duration;

/**
 * What the threads of a system are about, to be watched from outside. The numbers are
 * read one after the other while they change. Where a scheduler was given to the system,
 * what is its business is zero.
 *
 * @param active workers with something in hand, those that are held included
 * @param spare workers beyond the usual number
 * @param held workers that an agent has kept to itself for too long
 * @param holds how often a worker was held so far
 * @param delay how long a task waited for a worker when that was looked at last
 * @param abandoned threads of all kinds that agents were taken from and that are not back
 * @param abandonments how often a thread was abandoned so far
 * @param blockingActive work that blocks and has a thread
 * @param blockingWaiting work that blocks and waits for a thread
 * @since 0.1.0
 */
public record WorkerStatistics(int active, int spare, int held, long holds, Duration delay, int abandoned,
		long abandonments, int blockingActive, int blockingWaiting) {

}
