package io.switchboard.runtime;

/**
 * Errors of the JVM itself. They end the incarnation they hit like any other, but
 * supervision cannot mend them, so the thread's uncaught-exception handler is told, too.
 */
final class Fatal {

	private Fatal() {
	}

	static void tell(Throwable ex) {
		if (ex instanceof VirtualMachineError && !(ex instanceof StackOverflowError)) {
			Thread thread = Thread.currentThread();
			try {
				thread.getUncaughtExceptionHandler().uncaughtException(thread, ex);
			}
			catch (Throwable second) {
				// the JVM ignores what such a handler throws, and so it must not end here
				// what goes on after an error
				ex.addSuppressed(second);
			}
		}
	}

}
