package io.switchboard.autoconfigure.web;

/**
 * A reader did not read fast enough and missed an event.
 */
final class SlowReaderException extends DisconnectedException {

	private static final long serialVersionUID = 1L;

	private final long missed;

	SlowReaderException(long missed) {
		super("reader-too-slow",
				("The connection was read too slowly, so event %d and what follows are missing. Open it again, with the "
						+ "Last-Event-ID.")
					.formatted(missed));
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
