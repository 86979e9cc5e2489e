package io.switchboard.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.switchboard.ExitReason;
import io.switchboard.runtime.ChildRequest.Kind;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.AutoShutdown;
import io.switchboard.supervision.Restart;
import io.switchboard.supervision.RestartIntensity;
import io.switchboard.supervision.Strategy;
import io.switchboard.supervision.SupervisorSpec;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Siblings that are down until a member of their group has started again. For OTP they
 * are stopped, and only that member is restarting.
 */
class WaitingSiblingsTests {

	private final Rules rules = new Rules(new StaticSupervisor(SupervisorSpec.builder("s")
		.strategy(Strategy.ONE_FOR_ALL)
		.intensity(new RestartIntensity(5, Duration.ofHours(1)))
		.autoShutdown(AutoShutdown.ALL_SIGNIFICANT)
		.child(significant("a"))
		.child(Rules.child("b", Restart.PERMANENT))
		.child(significant("c"))
		.build()));

	@Test
	void theyCanBeForgotten() {
		meanwhile(request(Kind.DELETE, "b"), request(Kind.DELETE, "c"));

		assertThat(this.rules.takeLog()).containsExactly("stop c", "stop b", "start a", "start b fail",
				"reply RESTARTING", "close c", "reply ok", "stop a", "start a", "start b");
	}

	@Test
	void theyCanBeStartedByHandAndAreStartedAgainWithTheGroup() {
		meanwhile(request(Kind.RESTART, "c"));

		assertThat(this.rules.takeLog()).containsExactly("stop c", "stop b", "start a", "start b fail", "start c",
				"reply ok", "stop c", "stop a", "start a", "start b", "start c");
	}

	@Test
	void theyDoNotHoldTheirSupervisorOpen() {
		this.rules.startup().starts("b", "fail").takeLog();
		Child a = this.rules.get("a");

		this.rules.together(List.of(crash("b"), new SupervisorInput.ChildExited(a, 2, ExitReason.normal())));

		assertThat(this.rules.takeLog()).containsExactly("stop c", "stop a", "start a", "start b fail", "close a",
				"exit shutdown");
	}

	private void meanwhile(SupervisorInput... requests) {
		this.rules.startup().starts("b", "fail").takeLog();
		List<SupervisorInput> inputs = new ArrayList<>(List.of(crash("a")));
		inputs.addAll(List.of(requests));
		this.rules.together(inputs);
	}

	private SupervisorInput crash(String id) {
		Child child = this.rules.get(id);
		return new SupervisorInput.ChildExited(child, child.incarnation,
				ExitReason.crash(new IllegalStateException("test")));
	}

	private static SupervisorInput request(Kind kind, String id) {
		return new SupervisorInput.Request(new ChildRequest(kind, id, null, Set.of(), "test"));
	}

	private static AgentSpec<String> significant(String id) {
		return AgentSpec.builder(id, String.class, () -> (message, context) -> Mono.empty())
			.restart(Restart.TRANSIENT)
			.significant(true)
			.build();
	}

}
