package io.switchboard.ai.tool;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeoutException;

import io.switchboard.AskTimeoutException;
import io.switchboard.MessageRejectedException;
import io.switchboard.RequestFailedException;
import io.switchboard.SendResult;
import io.switchboard.TaskTimeoutException;
import io.switchboard.ai.failure.Causes;
import io.switchboard.ai.failure.FailureClass;
import io.switchboard.ai.failure.TurnFailure;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.tool.definition.ToolDefinition;

/**
 * Tells the failures that a tool may have from bugs. Pure: an exception in, what to tell
 * the model or nothing out. What is not known here is a bug.
 */
final class ToolFailures {

	private static final int DEEPEST = 8;

	/**
	 * Why an agent may not take a message though the message is right.
	 */
	private static final Set<SendResult> ABSENT = EnumSet.of(SendResult.MAILBOX_FULL, SendResult.STOPPING,
			SendResult.NO_PROCESS);

	private ToolFailures() {
	}

	/**
	 * Decide what an exception of a tool means.
	 * @param ex what the tool threw or signalled
	 * @param tool the tool
	 * @param traits what it declares
	 * @param arguments the arguments it was called with
	 * @return what to tell the model, or {@code null} if the tool is broken
	 */
	static @Nullable ToolOutcome of(Throwable ex, ToolDefinition tool, ToolTraits traits, String arguments) {
		if (UnfitArguments.causedBy(ex)) {
			return WrongCall.wrongArguments(tool, ArgumentProblems.all(tool.inputSchema(), arguments));
		}
		Throwable cause = Causes.unwrap(ex);
		if (traits.declares(cause) || cause instanceof RequestFailedException) {
			return failed(tool, cause, message(cause));
		}
		if (cause instanceof MessageRejectedException rejected && ABSENT.contains(rejected.result())) {
			return failed(tool, cause, "It is busy or not there now");
		}
		if (isTimeout(cause)) {
			return timedOut(tool, "What the tool waits for did not come in time");
		}
		String refusal = RemoteRefusal.explain(cause);
		return (refusal != null) ? failed(tool, cause, refusal) : null;
	}

	/**
	 * Say that a tool's time is up.
	 * @param tool the tool
	 * @param timeout how long it was allowed to take
	 * @return what to tell the model
	 */
	static ToolOutcome timedOut(ToolDefinition tool, Duration timeout) {
		return timedOut(tool, "It was not done within %s and was ended".formatted(timeout));
	}

	private static ToolOutcome timedOut(ToolDefinition tool, String what) {
		return new ToolOutcome.Failed(
				TurnFailure.of(FailureClass.TOOL_TIMEOUT, "Tool '%s' did not end in time".formatted(tool.name())),
				"Tool '%s' took too long: %s. It may have done its work or not.".formatted(tool.name(), what));
	}

	/**
	 * Say that a call was not made, or not to its end, for a reason outside the tool.
	 * @param tool the tool
	 * @param what what happened
	 * @return what to tell the model
	 */
	static ToolOutcome prevented(ToolDefinition tool, String what) {
		String text = "Tool '%s' %s".formatted(tool.name(), what);
		return new ToolOutcome.Failed(TurnFailure.of(FailureClass.TOOL_FAILED, text), text + ".");
	}

	private static ToolOutcome failed(ToolDefinition tool, Throwable cause, String message) {
		return new ToolOutcome.Failed(
				TurnFailure.of(FailureClass.TOOL_FAILED,
						"Tool '%s' failed (%s)".formatted(tool.name(), cause.getClass().getSimpleName())),
				"Tool '%s' failed: %s".formatted(tool.name(), message));
	}

	private static String message(Throwable cause) {
		String message = cause.getMessage();
		return (message != null && !message.isBlank()) ? message : "it does not say why";
	}

	/**
	 * HTTP clients wrap the time-outs of connections, so causes are looked at, but only
	 * through what stands for a broken connection.
	 */
	private static boolean isTimeout(Throwable ex) {
		Throwable current = ex;
		for (int depth = 0; depth < DEEPEST && current != null; depth++) {
			if (current instanceof TimeoutException || current instanceof SocketTimeoutException
					|| current instanceof HttpTimeoutException || current instanceof AskTimeoutException
					|| current instanceof TaskTimeoutException || isOfNetty(current)) {
				return true;
			}
			if (!(current instanceof IOException) && !isOfHttpClient(current)) {
				return false;
			}
			current = current.getCause();
		}
		return false;
	}

	private static boolean isOfNetty(Throwable ex) {
		String name = ex.getClass().getName();
		return name.startsWith("io.netty.") && name.endsWith("TimeoutException");
	}

	private static boolean isOfHttpClient(Throwable ex) {
		return ex.getClass().getName().startsWith("org.springframework.web.");
	}

}
