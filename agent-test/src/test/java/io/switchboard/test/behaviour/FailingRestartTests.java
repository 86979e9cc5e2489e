package io.switchboard.test.behaviour;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.switchboard.ExitReason;
import io.switchboard.event.AgentEvent;
import io.switchboard.registry.Names;
import io.switchboard.runtime.ChildOperationException;
import io.switchboard.runtime.ChildOperationException.Problem;
import io.switchboard.runtime.StartedChild;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.RestartIntensity;
import io.switchboard.supervision.Strategy;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.test.AgentProbe;
import io.switchboard.test.ProbeCommand;
import io.switchboard.test.Probes;
import io.switchboard.test.StartAnswer;
import io.switchboard.test.TestAgentSystem;
import io.switchboard.tree.NodeStatus;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.subscriber.TestSubscriber;

import static io.switchboard.test.AgentAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Restarts that do not succeed at the first attempt.
 */
class FailingRestartTests {

	private final Probes probes = new Probes();

	private final AgentProbe a = this.probes.agent("a");

	private final AgentProbe b = this.probes.agent("b");

	@Test
	@Conforms("H7")
	@DisplayName("a restart that failed is tried again")
	void failedRestartIsTriedAgain() {
		this.a.onStart(2, StartAnswer.ERROR);
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(this.a.spec()))) {
			system.agent("/a").tell(ProbeCommand.fail());

			assertThat(system.tree()).hasNode("/a").withStatus(NodeStatus.RUNNING).withIncarnation(3).withRestarts(1);
			assertThat(system.tree()).hasNode("/").withRestartsInWindow(2);
			assertThat(system.events().at("/a").of(AgentEvent.StartFailed.class)).hasSize(1);
		}
	}

	@Test
	@Conforms("H8")
	@DisplayName("with intensity 4, a start that always fails is tried exactly four times")
	void retriesSpendTheBudget() {
		this.a.fromStart(2, StartAnswer.ERROR);
		TestAgentSystem system = TestAgentSystem
			.start(Trees.root(Strategy.ONE_FOR_ONE, 4, this.a.spec(), this.b.spec()), this.probes);

		system.agent("/a").tell(ProbeCommand.fail());

		assertThat(this.a.attempts()).isEqualTo(1 + 4);
		assertThat(system.resultOf(system.system().whenTerminated())).isInstanceOf(ExitReason.Shutdown.class);
		assertThat(this.probes.lines()).endsWith("b stop shutdown", "b gone shutdown");
		system.close();
	}

	@Test
	@Conforms("E11")
	@DisplayName("a restart that is ignored leaves the child stopped")
	void ignoredRestartIsNotTriedAgain() {
		this.a.onStart(2, StartAnswer.IGNORE);
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(this.a.spec(), this.b.spec()))) {
			system.agent("/a").tell(ProbeCommand.fail());

			assertThat(Trees.counts(system, "/")).isEqualTo("2/1/0/2");
			assertThat(system.tree()).hasNode("/a").withStatus(NodeStatus.STOPPED);
			assertThat(this.a.attempts()).isEqualTo(2);
		}
	}

	@Test
	@Conforms("H1")
	@DisplayName("the supervisor answers between attempts, and the child counts as restarting")
	void otherRequestsAreServedBetweenAttempts() {
		List<NodeStatus> seen = new ArrayList<>();
		try (TestAgentSystem system = hanging(8)) {
			AgentSpec<Object> looksAround = AgentSpec.builder("b", Object.class, () -> {
				seen.add(Trees.status(system, "/a"));
				return (message, context) -> Mono.empty();
			}).build();
			system.agent("/a").tell(ProbeCommand.fail());
			TestSubscriber<StartedChild> start = subscribe(system.supervisor("/").startChild(this.a.spec()));
			TestSubscriber<StartedChild> restart = subscribe(system.supervisor("/").restartChild("a"));
			TestSubscriber<Void> delete = subscribe(system.supervisor("/").deleteChild("a"));
			TestSubscriber<StartedChild> other = subscribe(system.supervisor("/").startChild(looksAround));
			assertThat(start.isTerminated()).isFalse();

			system.advance(Duration.ofSeconds(1));

			assertThat(problemOf(start)).isEqualTo(Problem.ALREADY_PRESENT);
			assertThat(problemOf(restart)).isEqualTo(Problem.RESTARTING);
			assertThat(problemOf(delete)).isEqualTo(Problem.RESTARTING);
			assertThat(other.isTerminatedComplete()).isTrue();
			assertThat(seen).containsExactly(NodeStatus.RESTARTING);
			assertThat(this.a.attempts()).isEqualTo(3);
		}
	}

	@Test
	void terminateEndsTheAttempts() {
		try (TestAgentSystem system = hanging(8)) {
			system.agent("/a").tell(ProbeCommand.fail());
			TestSubscriber<Void> terminate = subscribe(system.supervisor("/").terminateChild("a"));

			system.advance(Duration.ofMinutes(1));

			assertThat(terminate.isTerminatedComplete()).isTrue();
			assertThat(this.a.attempts()).isEqualTo(2);
			assertThat(Trees.counts(system, "/")).isEqualTo("1/0/0/1");
			assertThat(system.tree()).hasNode("/a").withStatus(NodeStatus.STOPPED);
		}
	}

	@Test
	@Conforms("H3")
	@DisplayName("a supervisor that is stopped during the loop ends promptly")
	void stopEndsTheAttempts() {
		TestAgentSystem system = hanging(8);
		Names names = system.system().registry().names();
		system.agent("/a").tell(ProbeCommand.fail());
		assertThat(names.whereIs("looping")).as("stays over restarts").isNotNull();
		TestSubscriber<Void> stop = subscribe(system.system().stop());

		system.advance(Duration.ofSeconds(1));

		assertThat(stop.isTerminatedComplete()).isTrue();
		assertThat(names.all()).isEmpty();
		assertThat(this.a.attempts()).isEqualTo(2);
		system.close();
	}

	@Test
	void messagesWaitUntilARestartSucceeds() {
		this.a.onStart(2, StartAnswer.HANG).onStart(3, StartAnswer.HANG);
		AgentSpec<Object> spec = this.a.spec((settings) -> settings.startTimeout(Duration.ofSeconds(1)));
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(spec))) {
			system.agent("/a").tell(ProbeCommand.fail());
			TestSubscriber<String> asker = subscribe(system.agent("/a").ask("waiting", String.class));
			system.advance(Duration.ofSeconds(1));
			assertThat(asker.isTerminated()).isFalse();
			assertThat(system.tree()).hasNode("/a").withMailboxSize(1);

			this.a.releaseStart();

			assertThat(asker.getReceivedOnNext()).containsExactly("waiting");
		}
	}

	private TestAgentSystem hanging(int maxRestarts) {
		this.a.fromStart(2, StartAnswer.HANG);
		AgentSpec<Object> spec = this.a
			.spec((settings) -> settings.startTimeout(Duration.ofSeconds(1)).registeredAs("looping"));
		RestartIntensity intensity = new RestartIntensity(maxRestarts, Duration.ofSeconds(10));
		return TestAgentSystem.start(SupervisorSpec.builder("root").intensity(intensity).child(spec).build());
	}

	private static <T> TestSubscriber<T> subscribe(Mono<T> mono) {
		TestSubscriber<T> subscriber = TestSubscriber.create();
		mono.subscribe(subscriber);
		return subscriber;
	}

	private static Problem problemOf(TestSubscriber<?> outcome) {
		return ((ChildOperationException) outcome.expectTerminalError()).problem();
	}

}
