package io.switchboard.ai.failure;

import java.util.concurrent.Callable;

import reactor.core.publisher.Mono;

/**
 * Runs code that is not ours.
 * <p>
 * Reactor takes stack overflows and linkage errors that are thrown at it for the end of
 * the JVM: it rethrows them on the worker and the subscriber waits for ever. In a tool
 * they are bugs like others, so they are caught here and signalled. Only errors of the
 * JVM itself, such as a lack of memory, go on being thrown.
 *
 * @since 0.1.0
 */
public final class Attempt {

	private Attempt() {
	}

	/**
	 * Run code on subscription.
	 * @param code the code
	 * @param <T> the type of its result
	 * @return its result, or what it threw
	 */
	public static <T> Mono<T> of(Callable<T> code) {
		return Mono.defer(() -> {
			try {
				return Mono.just(code.call());
			}
			catch (Throwable ex) {
				if (ex instanceof VirtualMachineError error && !(error instanceof StackOverflowError)) {
					throw error;
				}
				return Mono.error(ex);
			}
		});
	}

}
