package io.switchboard.autoconfigure.web;

/**
 * A reader did not read fast enough and missed an event.
 */
final class SlowReaderException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final long missed;

	SlowReaderException(long missed) {
		super("The connection is read too slowly: the buffer was full at event %d".formatted(missed), null, false,
				false);
		this.missed = missed;
	}

	/**
	 * The first event that did not reach the reader.
	 * @return the event's number
	 */
	long missed() {
		return this.missed;
	}

}
