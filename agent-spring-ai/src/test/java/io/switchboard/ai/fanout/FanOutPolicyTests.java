package io.switchboard.ai.fanout;

import java.util.stream.Stream;

import io.switchboard.AgentPath;
import io.switchboard.ai.failure.FailureClass;
import io.switchboard.ai.failure.TurnFailure;
import io.switchboard.ai.turn.Usage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * When three agents asked are decided: {@code a} is an answer, {@code f} a failure, in
 * the order in which they come.
 */
class FanOutPolicyTests {

	private static final AgentPath AGENT = AgentPath.of("/reviewer");

	@ParameterizedTest(name = "{0} after {1}: {2} results, failed {3}")
	@MethodSource("table")
	void decidesAsSoonAsItCan(FanOutPolicy policy, String results, int counted, boolean failed) {
		FanOutTally tally = new FanOutTally(policy, 3);

		int needed = 1;
		while (!tally.add(result(results.charAt(needed - 1)))) {
			needed++;
		}

		assertThat(needed).isEqualTo(counted);
		assertThat(tally.hasFailed()).isEqualTo(failed);
	}

	@Test
	void aFailureNamesWhoFailedAndWhy() {
		FanOutTally tally = new FanOutTally(FanOutPolicy.quorum(2), 2);
		tally.add(result('a'));
		tally.add(result('f'));

		assertThat(tally.failure())
			.hasMessage("Of 2 agents asked, 1 answered and 1 failed, which is a failure under the policy quorum(2): "
					+ "'/reviewer' gave up: too long (context-overflow)");
		assertThat(tally.failure().failures()).containsExactly(result('f'));
	}

	@Test
	void aQuorumOfNobodyIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> FanOutPolicy.quorum(0)).withMessageContaining("0");
	}

	static Stream<Arguments> table() {
		return Stream.of(arguments(FanOutPolicy.isolate(), "aaa", 3, false),
				arguments(FanOutPolicy.isolate(), "faf", 3, false), arguments(FanOutPolicy.isolate(), "fff", 3, false),
				arguments(FanOutPolicy.failFast(), "aaa", 3, false), arguments(FanOutPolicy.failFast(), "faa", 1, true),
				arguments(FanOutPolicy.failFast(), "afa", 2, true), arguments(FanOutPolicy.quorum(2), "aaa", 2, false),
				arguments(FanOutPolicy.quorum(2), "afa", 3, false), arguments(FanOutPolicy.quorum(2), "ffa", 2, true),
				arguments(FanOutPolicy.quorum(2), "faf", 3, true), arguments(FanOutPolicy.quorum(3), "afa", 2, true),
				arguments(FanOutPolicy.firstSuccess(), "aaa", 1, false),
				arguments(FanOutPolicy.firstSuccess(), "ffa", 3, false),
				arguments(FanOutPolicy.firstSuccess(), "fff", 3, true),
				arguments(FanOutPolicy.collect(), "aaa", 3, false), arguments(FanOutPolicy.collect(), "faa", 3, true),
				arguments(FanOutPolicy.collect(), "aff", 3, true));
	}

	private static FanOutResult result(char kind) {
		return (kind != 'f') ? new FanOutResult.Answered(AGENT, "yes", new Usage(1, 1))
				: new FanOutResult.Failed(AGENT, TurnFailure.of(FailureClass.CONTEXT_OVERFLOW, "too long"));
	}

}
