package io.switchboard.ai.fanout;

/**
 * Says when questions to several agents are decided, and whether that is a failure. Where
 * it is decided before all have answered, the others are cancelled.
 *
 * @since 0.1.0
 */
public final class FanOutPolicy {

	private static final FanOutPolicy ISOLATE = new FanOutPolicy("isolate", Rule.ISOLATE, 0);

	private static final FanOutPolicy FAIL_FAST = new FanOutPolicy("fail-fast", Rule.FAIL_FAST, 0);

	private static final FanOutPolicy FIRST_SUCCESS = new FanOutPolicy("first-success", Rule.QUORUM, 1);

	private static final FanOutPolicy COLLECT = new FanOutPolicy("collect", Rule.COLLECT, 0);

	private final String name;

	private final Rule rule;

	private final int needed;

	private FanOutPolicy(String name, Rule rule, int needed) {
		this.name = name;
		this.rule = rule;
		this.needed = needed;
	}

	/**
	 * Wait for all; whatever becomes of one is no matter of the others.
	 * @return the policy, which never fails
	 */
	public static FanOutPolicy isolate() {
		return ISOLATE;
	}

	/**
	 * All have to answer: the first that does not cancels the others.
	 * @return the policy
	 */
	public static FanOutPolicy failFast() {
		return FAIL_FAST;
	}

	/**
	 * So many have to answer: the last of them cancels the others. It has failed as soon
	 * as there are not enough left.
	 * @param answers how many, at least one, and not more than are asked
	 * @return the policy
	 */
	public static FanOutPolicy quorum(int answers) {
		if (answers < 1) {
			throw new IllegalArgumentException("A quorum of %d is given: at least 1 is needed".formatted(answers));
		}
		return new FanOutPolicy("quorum(" + answers + ")", Rule.QUORUM, answers);
	}

	/**
	 * One has to answer: the first answer cancels the others. It has failed when all
	 * have.
	 * @return the policy
	 */
	public static FanOutPolicy firstSuccess() {
		return FIRST_SUCCESS;
	}

	/**
	 * All have to answer, and none is cancelled: all failures are known at the end.
	 * @return the policy
	 */
	public static FanOutPolicy collect() {
		return COLLECT;
	}

	/**
	 * Decide after a result.
	 * @param asked how many were asked
	 * @param answers how many have answered
	 * @param failures how many never will
	 * @return what follows
	 */
	Verdict decide(int asked, int answers, int failures) {
		boolean all = answers + failures == asked;
		return switch (this.rule) {
			case ISOLATE -> all ? Verdict.SUCCEEDED : Verdict.OPEN;
			case FAIL_FAST -> (failures > 0) ? Verdict.FAILED : all ? Verdict.SUCCEEDED : Verdict.OPEN;
			case QUORUM -> (answers >= this.needed) ? Verdict.SUCCEEDED
					: (asked - failures < this.needed) ? Verdict.FAILED : Verdict.OPEN;
			case COLLECT -> !all ? Verdict.OPEN : (failures > 0) ? Verdict.FAILED : Verdict.SUCCEEDED;
		};
	}

	/**
	 * How many answers are needed at least.
	 * @return the number, zero if none is
	 */
	int needed() {
		return this.needed;
	}

	@Override
	public String toString() {
		return this.name;
	}

	/**
	 * What a policy makes of the results so far.
	 */
	enum Verdict {

		OPEN, SUCCEEDED, FAILED

	}

	private enum Rule {

		ISOLATE, FAIL_FAST, QUORUM, COLLECT

	}

}
