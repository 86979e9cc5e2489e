package io.switchboard.benchmarks.http.provider;

/**
 * The response to one request, on whatever protocol.
 */
interface Wire {

	boolean isOpen();

	void begin(String contentType);

	/**
	 * Send a part; it leaves at the end of the tick.
	 * @param text in ASCII
	 */
	void send(String text);

	void end();

}
