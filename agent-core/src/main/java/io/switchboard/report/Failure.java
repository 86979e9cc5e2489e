package io.switchboard.report;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

import io.switchboard.AgentPath;
import org.jspecify.annotations.Nullable;

/**
 * An exception as it may be shown: where it was thrown is told in full, what it says only
 * as far as the {@link Sanitizer} allows. Suppressed exceptions are left out.
 * <p>
 * What {@link #of} describes keeps the exception until its stack trace is looked at for
 * the first time, as reading that takes longer than a restart.
 *
 * @param type the name of its class
 * @param text what may be seen of its message, or {@code null} if that is nothing
 * @param stackTrace where it was thrown
 * @param cause what caused it
 * @since 0.1.0
 */
public record Failure(String type, @Nullable String text, List<StackTraceElement> stackTrace, @Nullable Failure cause) {

	private static final int MAX_CAUSES = 20;

	public Failure {
		stackTrace = (stackTrace instanceof LateStackTrace) ? stackTrace : List.copyOf(stackTrace);
	}

	/**
	 * Describe an exception and what caused it.
	 * @param node the node that failed with it
	 * @param exception the exception
	 * @param sanitizer decides what is shown
	 * @return the exception as it may be shown
	 */
	public static Failure of(AgentPath node, Throwable exception, Sanitizer sanitizer) {
		Sanitizer safe = sanitizer.failSafe();
		if (exception.getCause() == null) {
			return describe(node, exception, safe, null);
		}
		Deque<Throwable> causes = chain(exception);
		Failure failure = null;
		while (!causes.isEmpty()) {
			failure = describe(node, causes.pop(), safe, failure);
		}
		return (failure != null) ? failure : new Failure(exception.getClass().getName(), null, List.of(), null);
	}

	private static Failure describe(AgentPath node, Throwable exception, Sanitizer sanitizer, @Nullable Failure cause) {
		return new Failure(exception.getClass().getName(), sanitizer.failure(node, exception),
				new LateStackTrace(exception), cause);
	}

	/**
	 * The exception and its causes, the innermost on top. A chain may bite its own tail.
	 */
	private static Deque<Throwable> chain(Throwable exception) {
		Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
		Deque<Throwable> causes = new ArrayDeque<>();
		for (Throwable next = exception; next != null && causes.size() < MAX_CAUSES
				&& seen.add(next); next = next.getCause()) {
			causes.push(next);
		}
		return causes;
	}

	/**
	 * Read all stack traces now, so that no exception is kept any longer.
	 */
	public void writeOut() {
		for (Failure next = this; next != null; next = next.cause) {
			if (next.stackTrace instanceof LateStackTrace late) {
				late.writeOut();
			}
		}
	}

	/**
	 * An exception to be given to a logger: it has the stack trace of the original, and
	 * names its class, but says no more than this.
	 * @return a stand-in for the original
	 */
	public Throwable toThrowable() {
		return new ReportedException(this);
	}

	@Override
	public String toString() {
		return (this.text != null) ? this.type + ": " + this.text : this.type;
	}

}
