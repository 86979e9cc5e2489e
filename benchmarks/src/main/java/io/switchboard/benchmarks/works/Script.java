package io.switchboard.benchmarks.works;

import java.util.concurrent.TimeUnit;

/**
 * What one turn of a session is like: a model call, a tool call, a model call.
 *
 * @param firstTokenMillis time until the first token of a model call
 * @param gapMillis time from one token to the next
 * @param tokens tokens of a model call
 * @param toolMillis time of the tool call
 */
public record Script(int firstTokenMillis, int gapMillis, int tokens, int toolMillis) {

	static final Script SHORT = new Script(50, 10, 20, 20);

	static Script of(Parameters parameters) {
		return new Script(parameters.number("ttft", SHORT.firstTokenMillis()),
				parameters.number("gap", SHORT.gapMillis()), parameters.number("ntok", SHORT.tokens()),
				parameters.number("tool", SHORT.toolMillis()));
	}

	/**
	 * How long a turn takes if nothing is ever late.
	 * @return milliseconds
	 */
	int idealMillis() {
		return 2 * (this.firstTokenMillis + (this.tokens - 1) * this.gapMillis) + this.toolMillis;
	}

	/**
	 * When a token is due.
	 * @param called when the model was called
	 * @param token the number of the token
	 * @return a reading of {@link System#nanoTime()}
	 */
	public long due(long called, int token) {
		return called + TimeUnit.MILLISECONDS.toNanos(this.firstTokenMillis + (long) token * this.gapMillis);
	}

}
