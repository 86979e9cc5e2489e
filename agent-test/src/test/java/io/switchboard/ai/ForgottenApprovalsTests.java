package io.switchboard.ai;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

import io.switchboard.AgentPath;
import io.switchboard.Behaviour;
import io.switchboard.ai.approval.ApprovalRequest;
import io.switchboard.ai.approval.Approvals;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.RestartIntensity;
import io.switchboard.supervision.Strategy;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.test.TestAgentSystem;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What agents have asked that do not come back with their supervisor.
 */
class ForgottenApprovalsTests {

	private static final AgentPath DESK = AgentPath.of("/desk");

	private static final AgentPath ANN = DESK.child("ann");

	private final Approvals approvals = new Approvals();

	@ParameterizedTest
	@EnumSource
	void itIsForgotten(End end) {
		try (TestAgentSystem system = TestAgentSystem.builder(tree()).listener(this.approvals).start()) {
			system.resultOf(system.agent(ANN.toString(), String.class).ask("hello", String.class));
			this.approvals.ask(new ApprovalRequest(ANN, "t1", "c1", "refund", "{}", null, Instant.EPOCH));

			end.of(system);
			system.advance(Duration.ofSeconds(1));

			assertThat(Objects.requireNonNull(system.system().node(DESK)).incarnation()).isEqualTo(2);
			assertThat(system.system().node(ANN)).isNull();
			assertThat(this.approvals.waiting()).isEmpty();
		}
	}

	private static SupervisorSpec tree() {
		return SupervisorSpec.builder("root")
			.strategy(Strategy.ONE_FOR_ALL)
			.child(DynamicSupervisorSpec.builder("desk")
				.intensity(new RestartIntensity(0, Duration.ofMinutes(1)))
				.template((session) -> agent(session))
				.build())
			.child(agent("sibling"))
			.build();
	}

	private static AgentSpec<String> agent(String id) {
		Behaviour<String> behaviour = (message, context) -> message.equals("crash")
				? Mono.error(new IllegalStateException("bug")) : Mono.just(message);
		return AgentSpec.builder(id, String.class, () -> behaviour).build();
	}

	enum End {

		ITS_SUPERVISOR_IS_KILLED {
			@Override
			void of(TestAgentSystem system) {
				system.resultOf(system.system().control(DESK).kill());
			}
		},

		ITS_SUPERVISOR_GIVES_UP {
			@Override
			void of(TestAgentSystem system) {
				system.agent("/desk/bob", String.class).tell("crash");
			}
		},

		THE_GROUP_OF_ITS_SUPERVISOR_IS_RESTARTED {
			@Override
			void of(TestAgentSystem system) {
				system.agent("/sibling", String.class).tell("crash");
			}
		};

		abstract void of(TestAgentSystem system);

	}

}
