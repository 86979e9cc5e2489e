package io.switchboard.ai.tool;

/**
 * Thrown on purpose by tests, without the cost of a stack trace.
 */
class TestException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	TestException(String message) {
		super(message, null, false, false);
	}

}
