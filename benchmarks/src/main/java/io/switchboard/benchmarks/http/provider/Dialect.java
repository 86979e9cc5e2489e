package io.switchboard.benchmarks.http.provider;

/**
 * How a provider writes what its model says.
 */
interface Dialect {

	/**
	 * The name of the only tool.
	 */
	String TOOL = "lookup";

	String contentType();

	/**
	 * A token.
	 * @param text its text, with nothing to be escaped
	 * @return what to send
	 */
	String token(String text);

	/**
	 * The end of a model call that asks for the tool.
	 * @param millis how long the tool is to take
	 * @return what to send
	 */
	String endWithTool(int millis);

	/**
	 * The end of a model call that is the answer.
	 * @return what to send
	 */
	String end();

}
