package io.switchboard.runtime;

import java.time.Duration;

import io.switchboard.ExitReason;
import io.switchboard.runtime.ChildRequest.Kind;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.Restart;
import io.switchboard.supervision.RestartIntensity;
import io.switchboard.supervision.Strategy;
import io.switchboard.supervision.SupervisorSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the rule that a supervisor refuses calls for which it would wait for ever.
 */
class CallersTests {

	private final Rules rules = new Rules(new StaticSupervisor(SupervisorSpec.builder("s")
		.strategy(Strategy.ONE_FOR_ALL)
		.intensity(new RestartIntensity(9, Duration.ofMinutes(1)))
		.child(Rules.child("a", Restart.PERMANENT))
		.child(Rules.child("b", Restart.PERMANENT))
		.build()));

	@ParameterizedTest
	@EnumSource(names = { "TERMINATE", "RESTART", "DELETE", "LIST", "LOOK_UP", "COUNT", "SPEC" })
	void callFromAChildThatStartsIsRefused(Kind kind) {
		this.rules.starts("b", "hang").startup().takeLog();

		this.rules.request(kind, "a", "b");

		assertThat(this.rules.takeLog()).containsExactly("reply CALLED_BY_CHILD");
	}

	@Test
	void callFromAChildThatStopsIsRefused() {
		this.rules.startup().holds("a").request(Kind.TERMINATE, "a").takeLog();

		this.rules.request(Kind.COUNT, "", "a");

		assertThat(this.rules.takeLog()).containsExactly("reply CALLED_BY_CHILD");
	}

	@Test
	void callFromAnotherChildWaits() {
		this.rules.startup().holds("a").request(Kind.TERMINATE, "a").takeLog();

		this.rules.request(Kind.COUNT, "", "b");

		assertThat(this.rules.takeLog()).isEmpty();
		this.rules.ends("a", ExitReason.shutdown());
		assertThat(this.rules.takeLog()).containsExactly("close a", "reply ok", "reply 2/1/0/2");
	}

	@Test
	void callWhileTheSupervisorIsFreeIsServed() {
		this.rules.startup().takeLog();

		this.rules.request(Kind.COUNT, "", "a");

		assertThat(this.rules.takeLog()).containsExactly("reply 2/2/0/2");
	}

	@Test
	void waitingCallIsRefusedOnceItsCallerIsWaitedFor() {
		this.rules.startup().holds("a").holds("b").request(Kind.TERMINATE, "a").takeLog();
		this.rules.request(Kind.COUNT, "", "b");

		this.rules.stop();
		this.rules.ends("a", ExitReason.shutdown());

		assertThat(this.rules.takeLog()).containsExactly("reply ok", "reply CALLED_BY_CHILD", "stop b");
	}

	@Test
	void groupRestartRefusesTheCallsOfThoseItStops() {
		this.rules.startup().starts("a", "hang").holds("b").takeLog();
		this.rules.crashes("a");
		assertThat(this.rules.takeLog()).containsExactly("stop b");

		this.rules.request(Kind.COUNT, "", "b");

		assertThat(this.rules.takeLog()).containsExactly("reply CALLED_BY_CHILD");
	}

	@Test
	void childCannotWaitForItsOwnStop() {
		this.rules.startup().takeLog();

		this.rules.request(Kind.TERMINATE, "a", "a");

		assertThat(this.rules.takeLog()).containsExactly("reply CALLED_BY_CHILD");
	}

	@Test
	void dynamicSupervisorWaitsForNobody() {
		Rules dynamic = new Rules(new DynamicSupervisor(DynamicSupervisorSpec.builder("d").build())).startup()
			.starts("a", "hang")
			.startChild(Rules.child("a", Restart.PERMANENT));
		dynamic.takeLog();

		dynamic.request(Kind.COUNT, "", "a");
		dynamic.request(Kind.TERMINATE, "a", "a");

		assertThat(dynamic.takeLog()).containsExactly("reply 1/1/0/1", "reply CALLED_BY_CHILD");
	}

}
