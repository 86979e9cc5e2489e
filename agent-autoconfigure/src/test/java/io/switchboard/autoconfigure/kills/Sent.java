package io.switchboard.autoconfigure.kills;

/**
 * A turn that a client has asked for.
 *
 * @param plan what it is to do
 * @param fate what the client was told of it
 * @param sentAt its place in what the driver did, before it was sent
 * @param acceptedAt the place at which the client was told that it was accepted
 */
record Sent(Plan plan, Fate fate, long sentAt, long acceptedAt) {

	String label() {
		return this.plan.label();
	}

	String session() {
		return Plan.sessionOf(this.plan.label());
	}

	/**
	 * What a client knows.
	 */
	enum Fate {

		/**
		 * A response has begun.
		 */
		ACCEPTED,

		/**
		 * The application was killed before a response has begun, and the client has not
		 * asked again.
		 */
		UNKNOWN,

		/**
		 * The application has declined.
		 */
		REFUSED

	}

}
