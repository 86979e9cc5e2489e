package io.switchboard.blocking;

import java.util.Set;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Which threads must not block, beside Reactor's and Netty's own, and what they may do
 * all the same.
 */
final class BlockHoundRules implements BlockHoundIntegration {

	private static final String RUNTIME = "io.switchboard.runtime.";

	/**
	 * These only hand over, or look after others.
	 */
	private static final Set<String> RUNTIMES_OWN = Set.of("switchboard-timer", "switchboard-blocking-timer",
			"switchboard-watchdog");

	/**
	 * Who waits for one of these is not reported, as who waits for a monitor is not: they
	 * are held for a few instructions, and how seldom another thread is met there depends
	 * on the load of the machine.
	 */
	private static final Set<String> LOCKS = Set.of("ReentrantLock", "ReentrantReadWriteLock$ReadLock",
			"ReentrantReadWriteLock$WriteLock");

	@Override
	public void applyTo(BlockHound.Builder builder) {
		builder.nonBlockingThreadPredicate((current) -> current.or(BlockHoundRules::mustNotBlock));
		builder.blockingMethodCallback(BlockingCalls::found);
		allowWaitingForWork(builder);
		allowShortWaits(builder);
		allowBlockingOnPurpose(builder);
	}

	private static boolean mustNotBlock(Thread thread) {
		return thread.getClass().getName().equals(RUNTIME + "PoolWorker") || RUNTIMES_OWN.contains(thread.getName());
	}

	private static void allowWaitingForWork(BlockHound.Builder builder) {
		builder.allowBlockingCallsInside(RUNTIME + "PoolWorker", "search");
		builder.allowBlockingCallsInside(RUNTIME + "TimerWheel", "sleep");
		builder.allowBlockingCallsInside(RUNTIME + "Watchdog", "run");
		builder.disallowBlockingCallsInside(RUNTIME + "Watchdog", "look");
	}

	private static void allowShortWaits(BlockHound.Builder builder) {
		// Until another thread, which interrupts this one, has done so
		builder.allowBlockingCallsInside(RUNTIME + "PooledTask", "awaitInterrupt");
		builder.allowBlockingCallsInside(RUNTIME + "Lane", "callOut");
		builder.disallowBlockingCallsInside(RUNTIME + "Lane", "failureOf");
		LOCKS.forEach((lock) -> builder.allowBlockingCallsInside("java.util.concurrent.locks." + lock, "lock"));
		// Netty's buffers meet here when many threads want one
		builder.allowBlockingCallsInside("java.util.concurrent.locks.StampedLock", "writeLock");
		// Resilience4j's way to try again when two count at once
		builder.allowBlockingCallsInside("io.github.resilience4j.ratelimiter.internal.AtomicRateLimiter",
				"compareAndSet");
		// The system's source of random numbers is a file by form, and never lets wait
		builder.allowBlockingCallsInside("sun.security.provider.NativePRNG$RandomIO", "implNextBytes");
	}

	private static void allowBlockingOnPurpose(BlockHound.Builder builder) {
		builder.allowBlockingCallsInside(OnPurpose.class.getName(), "block");
		// The test kit's own: agents that block on purpose, under a name that says so
		builder.allowBlockingCallsInside("io.switchboard.test.Blockade", "hold");
	}

}
