package io.switchboard.runtime;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Waits for what real threads will do, for as long as a slow machine may need.
 */
final class Eventually {

	private static final Duration LIMIT = Duration.ofMinutes(1);

	private Eventually() {
	}

	static void holds(BooleanSupplier condition) {
		long until = System.nanoTime() + LIMIT.toNanos();
		while (!condition.getAsBoolean() && System.nanoTime() - until < 0) {
			LockSupport.parkNanos(100_000);
		}
		assertThat(condition.getAsBoolean()).isTrue();
	}

}
