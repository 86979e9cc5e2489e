package io.switchboard.report;

/**
 * Stands in for an exception whose message may not be shown, where a logger needs one to
 * print a stack trace.
 */
final class ReportedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	ReportedException(Failure failure) {
		super(failure.toString(), (failure.cause() != null) ? failure.cause().toThrowable() : null);
		setStackTrace(failure.stackTrace().toArray(StackTraceElement[]::new));
	}

}
