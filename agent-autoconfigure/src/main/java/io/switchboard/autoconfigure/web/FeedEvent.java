package io.switchboard.autoconfigure.web;

/**
 * A numbered event of a session, written once for all its readers.
 *
 * @param id its number, one more than that of the session's event before
 * @param type its name
 * @param data a JSON object
 */
record FeedEvent(long id, String type, String data) {

	/**
	 * Roughly how many characters keeping it costs.
	 * @return the size
	 */
	int size() {
		return this.data.length() + 64;
	}

}
