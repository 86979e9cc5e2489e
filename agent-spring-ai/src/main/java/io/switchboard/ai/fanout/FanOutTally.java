package io.switchboard.ai.fanout;

import java.util.ArrayList;
import java.util.List;

import io.switchboard.ai.fanout.FanOutPolicy.Verdict;

/**
 * Counts the results of one fan-out. They come one after the other, so its fields need no
 * protection.
 */
final class FanOutTally {

	private final FanOutPolicy policy;

	private final int asked;

	private final List<FanOutResult> failures = new ArrayList<>();

	private int answers;

	private Verdict verdict = Verdict.OPEN;

	FanOutTally(FanOutPolicy policy, int asked) {
		this.policy = policy;
		this.asked = asked;
	}

	/**
	 * Count a result.
	 * @param result the result
	 * @return whether it is decided now
	 */
	boolean add(FanOutResult result) {
		if (result.isAnswer()) {
			this.answers++;
		}
		else {
			this.failures.add(result);
		}
		this.verdict = this.policy.decide(this.asked, this.answers, this.failures.size());
		return this.verdict != Verdict.OPEN;
	}

	/**
	 * Whether the policy is not fulfilled.
	 * @return {@code true} if so
	 */
	boolean hasFailed() {
		return this.verdict == Verdict.FAILED;
	}

	FanOutFailedException failure() {
		return new FanOutFailedException(this.policy, this.asked, this.answers, this.failures);
	}

}
