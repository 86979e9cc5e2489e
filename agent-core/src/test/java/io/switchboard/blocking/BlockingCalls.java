package io.switchboard.blocking;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import reactor.blockhound.BlockingMethod;
import reactor.blockhound.BlockingOperationError;

/**
 * The blocking calls that were found. Each fails where it is made, but who supervises
 * agents also catches errors, so what was found is kept until somebody has looked at it.
 */
public final class BlockingCalls {

	private static final Queue<BlockingOperationError> FOUND = new ConcurrentLinkedQueue<>();

	private BlockingCalls() {
	}

	/**
	 * Take what was found since this was called last. For tests that block where they
	 * must not on purpose.
	 * @return the calls, with the stacks of the threads that made them
	 */
	public static List<BlockingOperationError> take() {
		List<BlockingOperationError> taken = new ArrayList<>();
		for (BlockingOperationError call = FOUND.poll(); call != null; call = FOUND.poll()) {
			taken.add(call);
		}
		return taken;
	}

	static void found(BlockingMethod method) {
		BlockingOperationError error = new BlockingOperationError(method);
		FOUND.add(error);
		throw error;
	}

	static void failIfAny() {
		List<BlockingOperationError> calls = take();
		if (!calls.isEmpty()) {
			AssertionError failure = new AssertionError(
					"%d blocking calls on threads that must not block; move them, or see BlockHoundRules and OnPurpose"
						.formatted(calls.size()));
			calls.forEach(failure::addSuppressed);
			throw failure;
		}
	}

}
