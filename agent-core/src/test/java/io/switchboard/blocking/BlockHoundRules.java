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

	@Override
	public void applyTo(BlockHound.Builder builder) {
		builder.nonBlockingThreadPredicate((current) -> current.or(BlockHoundRules::mustNotBlock));
		builder.blockingMethodCallback(BlockingCalls::found);
		allowWaitingForWork(builder);
		allowShortWaits(builder);
		builder.allowBlockingCallsInside(OnPurpose.class.getName(), "block");
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
		// Hands work that blocks to its own threads; the locks are held for a few
		// instructions
		builder.allowBlockingCallsInside("java.util.concurrent.ThreadPoolExecutor", "execute");
		// The system's source of random numbers is a file by form, and never lets wait
		builder.allowBlockingCallsInside("sun.security.provider.NativePRNG$RandomIO", "implNextBytes");
	}

}
