package io.switchboard.benchmarks.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the provider answers in a turn: a model call, a tool, a model call. It travels in
 * what the user says, so that whoever loads the application decides.
 *
 * @param ttft milliseconds until the first token of each model call
 * @param gap milliseconds between tokens
 * @param tokens how many tokens each model call has
 * @param tool milliseconds that the tool takes
 * @param hold after how many tokens the first model call pauses until it is told to go
 * on, or zero if it does not
 */
public record TurnPlan(int ttft, int gap, int tokens, int tool, int hold) {

	private static final Pattern TEXT = Pattern.compile("plan (\\d+) (\\d+) (\\d+) (\\d+) (\\d+)");

	private static final int CALLS = 2;

	/**
	 * What the user says to get this.
	 * @return a text that can be found again
	 */
	public String asInput() {
		return "plan %d %d %d %d %d".formatted(this.ttft, this.gap, this.tokens, this.tool, this.hold);
	}

	/**
	 * Find the last plan in a request.
	 * @param request the request
	 * @return the plan
	 * @throws IllegalArgumentException if there is none
	 */
	public static TurnPlan in(String request) {
		int from = request.lastIndexOf("plan ");
		Matcher matcher = TEXT.matcher(request);
		if (from < 0 || !matcher.find(from)) {
			throw new IllegalArgumentException("The request has no 'plan TTFT GAP TOKENS TOOL HOLD': " + request);
		}
		return new TurnPlan(number(matcher, 1), number(matcher, 2), number(matcher, 3), number(matcher, 4),
				number(matcher, 5));
	}

	private static int number(Matcher matcher, int group) {
		return Integer.parseInt(matcher.group(group));
	}

	/**
	 * How many tokens the turn has.
	 * @return the number
	 */
	public int tokensOfTurn() {
		return CALLS * this.tokens;
	}

	/**
	 * How long the turn takes if nothing but the provider and the tool takes time.
	 * @return milliseconds
	 */
	public int idealMillis() {
		return CALLS * (this.ttft + (this.tokens - 1) * this.gap) + this.tool;
	}

}
