package com.example.docs.tools;

/**
 * An order cannot be cancelled any more.
 */
class AlreadyShippedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	AlreadyShippedException(String message) {
		super(message);
	}

}
