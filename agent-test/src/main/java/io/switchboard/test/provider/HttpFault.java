package io.switchboard.test.provider;

/**
 * A request that cannot be read, or that the provider has no answer for.
 */
final class HttpFault extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final int status;

	HttpFault(int status, String message) {
		super(message, null, false, false);
		this.status = status;
	}

	int status() {
		return this.status;
	}

}
