package io.switchboard.blocking;

import java.util.Set;
import java.util.concurrent.ThreadPoolExecutor;

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
	 * What a pool of threads is asked for by those that do not belong to it.
	 */
	private static final Set<String> HAND_OVER = Set.of("execute", "shutdown", "getActiveCount", "setCorePoolSize",
			"setMaximumPoolSize");

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
		// Hand work that blocks to its own threads; the locks are held for a few
		// instructions
		HAND_OVER.forEach((method) -> builder.allowBlockingCallsInside(ThreadPoolExecutor.class.getName(), method));
		// The system's source of random numbers is a file by form, and never lets wait
		builder.allowBlockingCallsInside("sun.security.provider.NativePRNG$RandomIO", "implNextBytes");
	}

	private static void allowBlockingOnPurpose(BlockHound.Builder builder) {
		builder.allowBlockingCallsInside(OnPurpose.class.getName(), "block");
		// The test kit's own: agents that block on purpose, under a name that says so
		builder.allowBlockingCallsInside("io.switchboard.test.Blockade", "hold");
	}

}
