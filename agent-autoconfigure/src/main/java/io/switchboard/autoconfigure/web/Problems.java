package io.switchboard.autoconfigure.web;

import io.switchboard.AgentExitedException;
import io.switchboard.AgentPath;
import io.switchboard.AskTimeoutException;
import io.switchboard.ExitReason.Crash;
import io.switchboard.ExitReason.Killed;
import io.switchboard.MessageRejectedException;
import io.switchboard.RequestFailedException;
import io.switchboard.ai.turn.TurnFailed;
import io.switchboard.autoconfigure.disclosure.ReasonText;
import io.switchboard.report.Failure;
import io.switchboard.report.Sanitizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells clients what went wrong, in their terms and without giving away what an exception
 * quotes.
 *
 * @param reasons how much clients are told of why an agent ended
 * @param sanitizer how much the log is told of what clients are not
 */
record Problems(ReasonText reasons, Sanitizer sanitizer) {

	private static final Logger logger = LoggerFactory.getLogger(Problems.class);

	/**
	 * Translate an exception.
	 * @param exception what went wrong
	 * @return what the client is told
	 */
	ProblemException of(Throwable exception) {
		if (exception instanceof ProblemException problem) {
			return problem;
		}
		if (exception instanceof AgentExitedException exited) {
			return of(exited);
		}
		if (exception instanceof MessageRejectedException rejected) {
			return of(rejected);
		}
		if (exception instanceof RequestFailedException failed) {
			return new ProblemException(ProblemType.REQUEST_FAILED, String.valueOf(failed.getMessage()));
		}
		if (exception instanceof AskTimeoutException timeout) {
			return new ProblemException(ProblemType.NO_ANSWER_IN_TIME,
					"The agent did not answer within %s. It goes on with the request; its answer is dropped."
						.formatted(timeout.timeout()))
				.with("path", timeout.path().toString());
		}
		return new ProblemException(ProblemType.INTERNAL_ERROR,
				"The application failed to handle the request. Its log says more.", exception);
	}

	/**
	 * Translate the failure of a turn.
	 * @param failed how the turn ended
	 * @return what the client is told
	 */
	ProblemException of(TurnFailed failed) {
		ProblemType type = ProblemType.ofFailure(failed.failure());
		String detail = this.reasons.showsMessages() ? failed.detail()
				: "%s. The turn ended without an answer, and the agent is ready for the next.".formatted(type.title());
		return new ProblemException(type, detail);
	}

	/**
	 * Translate what ended a turn, and write to the log what the client is not told of
	 * it.
	 * @param exception what went wrong
	 * @param path the agent
	 * @param turn the turn's id
	 * @return what the client is told
	 */
	ProblemException ofTurn(Throwable exception, AgentPath path, String turn) {
		ProblemException problem = of(exception);
		if (problem.type() == ProblemType.INTERNAL_ERROR) {
			logger.error("Turn failed: agent={}, turn={}", path, turn,
					Failure.of(path, exception, this.sanitizer).toThrowable());
		}
		return problem.with("turn", turn);
	}

	private ProblemException of(AgentExitedException exited) {
		boolean failed = exited.reason() instanceof Crash || exited.reason() instanceof Killed;
		ProblemException problem = failed ? new ProblemException(ProblemType.CRASHED,
				"The agent crashed before it answered, and its supervisor takes care of it. "
						+ "Whether the work was done is unknown: look, or send it again if it may be done twice.")
				: new ProblemException(ProblemType.GONE,
						"The agent was stopped before it answered. Send it again when it is back.");
		return problem.with("path", exited.path().toString())
			.with("incarnation", exited.incarnation())
			.with("reason", this.reasons.describe(exited.path(), exited.reason()));
	}

	private ProblemException of(MessageRejectedException rejected) {
		ProblemException problem = switch (rejected.result()) {
			case MAILBOX_FULL -> new ProblemException(ProblemType.MAILBOX_FULL,
					"As many requests as the agent's mailbox holds wait already. Send it again later.");
			case STOPPING -> new ProblemException(ProblemType.STOPPING,
					"The agent takes no more requests because it is stopping. Send it again later.");
			case UNSUPPORTED -> new ProblemException(ProblemType.NO_TURNS,
					"The agent does not take messages of this kind. Address another one.");
			case NO_PROCESS, STALE, ACCEPTED -> new ProblemException(ProblemType.GONE,
					"The agent is not running, so the request was not taken. Send it again later.");
		};
		return problem.with("path", rejected.path().toString());
	}

}
