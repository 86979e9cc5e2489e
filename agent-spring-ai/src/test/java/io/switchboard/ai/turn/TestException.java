package io.switchboard.ai.turn;

/**
 * Thrown on purpose by tests, without the cost of a stack trace.
 */
final class TestException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	TestException(String message) {
		super(message, null, false, false);
	}

}
