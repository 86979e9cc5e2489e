package io.switchboard.ai.failure;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

import reactor.core.Exceptions;

import org.springframework.ai.tool.execution.ToolExecutionException;

/**
 * Finds what really happened below exceptions that only carry others.
 *
 * @since 0.1.0
 */
public final class Causes {

	private static final int DEEPEST = 16;

	private static final Set<Class<?>> CARRIERS = Set.of(ToolExecutionException.class, InvocationTargetException.class,
			UndeclaredThrowableException.class, CompletionException.class, ExecutionException.class);

	/**
	 * How advisors made with Spring AI's base class report every error of a stream.
	 */
	private static final String ADVISOR_MESSAGE = "Stream processing failed";

	private Causes() {
	}

	/**
	 * Take the carriers off.
	 * @param ex what was caught
	 * @return what was thrown in the first place
	 */
	public static Throwable unwrap(Throwable ex) {
		Throwable result = Exceptions.unwrap(ex);
		for (int depth = 0; depth < DEEPEST && isCarrier(result); depth++) {
			Throwable cause = result.getCause();
			if (cause == null) {
				return result;
			}
			result = Exceptions.unwrap(cause);
		}
		return result;
	}

	private static boolean isCarrier(Throwable ex) {
		return CARRIERS.contains(ex.getClass()) || Exceptions.isRetryExhausted(ex)
				|| (ex instanceof IllegalStateException && ADVISOR_MESSAGE.equals(ex.getMessage()));
	}

}
