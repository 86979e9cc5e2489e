package io.switchboard.autoconfigure.web;

/**
 * A connection ends, and what it shows does not: the reader may come back.
 */
class DisconnectedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private static final String MOVED = "moved";

	private final String code;

	private final String detail;

	/**
	 * End a connection.
	 * @param code why, for programs
	 * @param detail why, and what to do
	 */
	DisconnectedException(String code, String detail) {
		super(detail, null, false, false);
		this.code = code;
		this.detail = detail;
	}

	/**
	 * The application stops, and what is not over goes on after its next start.
	 * @return the exception
	 */
	static DisconnectedException draining() {
		return new DisconnectedException("draining",
				"The application is stopping. Open the connection again, with the Last-Event-ID.");
	}

	/**
	 * Somebody else leads the session, or it was deleted.
	 * @return the exception
	 */
	static DisconnectedException moved() {
		return new DisconnectedException(MOVED,
				"The session was deleted, or another process leads it now. Open the connection again, with the "
						+ "Last-Event-ID.");
	}

	/**
	 * The session cannot go on.
	 * @return the exception
	 */
	static DisconnectedException quarantined() {
		return new DisconnectedException("session-quarantined",
				"The session cannot go on. GET the session to see why, and DELETE it to begin anew.");
	}

	/**
	 * What those are told who wait for an answer.
	 * @param turn the turn's id
	 * @return the problem
	 */
	ProblemException problem(String turn) {
		if (this.code.equals(MOVED)) {
			return new ProblemException(ProblemType.SESSION_MOVED,
					"The session was deleted, or another process leads it now, and the turn is left to it. Send it again "
							+ "with the same Idempotency-Key, if it had one, to get its answer.")
				.with("turn", turn);
		}
		return new ProblemException(ProblemType.GONE, this.detail).with("turn", turn);
	}

	String code() {
		return this.code;
	}

	String detail() {
		return this.detail;
	}

}
