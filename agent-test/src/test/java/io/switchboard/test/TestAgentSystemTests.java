package io.switchboard.test;

import java.time.Duration;

import io.switchboard.AskTimeoutException;
import io.switchboard.ExitReason;
import io.switchboard.event.AgentEvent;
import io.switchboard.supervision.Shutdown;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.tree.NodeStatus;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.subscriber.TestSubscriber;

import static io.switchboard.test.AgentAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link TestAgentSystem}, the {@link EventRecorder} and the assertions.
 */
class TestAgentSystemTests {

	private final Probes probes = new Probes();

	@Test
	void worksWithoutWaiting() {
		try (TestAgentSystem system = TestAgentSystem.start(root())) {
			String answer = system.resultOf(system.agent("/a").ask("hello", String.class));

			assertThat(answer).isEqualTo("hello");
		}
	}

	@Test
	void turnsTheClockToEachDueMoment() {
		try (TestAgentSystem system = TestAgentSystem.start(root())) {
			TestSubscriber<String> asker = TestSubscriber.create();
			system.agent("/a").ask(ProbeCommand.hang(), String.class, Duration.ofSeconds(3)).subscribe(asker);

			system.advance(Duration.ofMillis(2999));
			assertThat(asker.isTerminated()).isFalse();
			system.advance(Duration.ofMillis(1));

			assertThat(asker.expectTerminalError()).isInstanceOf(AskTimeoutException.class);
		}
	}

	@Test
	void tellsResultFromFailureAndFromNothingYet() {
		try (TestAgentSystem system = TestAgentSystem.start(root())) {
			ProbeFailure failure = new ProbeFailure("x");

			assertThat(system.resultOf(Mono.<String>empty())).isNull();
			assertThat(system.failureOf(Mono.error(failure))).isSameAs(failure);
			assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> system.resultOf(Mono.error(failure)))
				.withCause(failure);
			assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> system.resultOf(Mono.never()))
				.withMessageContaining("not done yet");
			assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> system.failureOf(Mono.just("y")))
				.withMessageContaining("completed with [y]");
		}
	}

	@Test
	void closeStopsTheTreeAndTurnsTheClockForIt() {
		TestAgentSystem system = TestAgentSystem.start(root(), this.probes);
		system.agent("/a").tell(ProbeCommand.refuseToStop());

		system.close();

		assertThat(this.probes.lines(ProbeEvent.GONE)).containsExactly("a gone killed");
		assertThat(system.tree()).hasNode("/").withStatus(NodeStatus.STOPPED);
		system.close();
	}

	@Test
	void closeFailsIfTheTreeDoesNotStop() {
		TestAgentSystem system = TestAgentSystem
			.builder(SupervisorSpec.builder("root")
				.child(this.probes.agent("a").spec((spec) -> spec.shutdown(Shutdown.infinite())))
				.build())
			.stopLimit(Duration.ofSeconds(10))
			.start();
		system.agent("/a").tell(ProbeCommand.refuseToStop());

		assertThatExceptionOfType(AssertionError.class).isThrownBy(system::close)
			.withMessageContaining("within PT10S of virtual time")
			.withMessageContaining("a [agent, permanent]");
	}

	@Test
	void recordsEventsInOrder() {
		try (TestAgentSystem system = TestAgentSystem.start(root())) {
			int mark = system.events().mark();
			system.agent("/a").tell(ProbeCommand.fail());

			assertThat(system.events().all()).hasSizeGreaterThan(2);
			assertThat(system.events().since(mark).at("/a")).hasExactlyElementsOfTypes(AgentEvent.Exited.class,
					AgentEvent.CrashReported.class, AgentEvent.Restarted.class);
			assertThat(system.events().of(AgentEvent.Restarted.class)).singleElement()
				.satisfies((restarted) -> assertThat(restarted.restarts()).isOne());
		}
	}

	@Test
	void assertsOnTheTree() {
		try (TestAgentSystem system = TestAgentSystem.start(root())) {
			system.agent("/a").tell(ProbeCommand.shutdown("enough"));

			assertThat(system.tree()).hasChildren("/", "a").hasNoNode("/b");
			assertThat(system.tree()).hasNode("/").withRestartsInWindow(1).withoutLastExit();
			assertThat(system.tree()).hasNode("/a")
				.withStatus(NodeStatus.RUNNING)
				.withIncarnation(2)
				.withRestarts(1)
				.withMailboxSize(0)
				.withLastExit(ExitReason.shutdown("enough"));
			assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThat(system.tree()).hasNode("/b"))
				.withMessageContaining("/b");
			assertThatExceptionOfType(AssertionError.class)
				.isThrownBy(() -> assertThat(system.tree()).hasNode("/a").withIncarnation(3))
				.withMessageContaining("incarnation of /a");
			assertThatExceptionOfType(AssertionError.class)
				.isThrownBy(() -> assertThat(system.tree()).hasNode("/a").withRestartsInWindow(0))
				.withMessageContaining("it is an agent");
		}
	}

	private SupervisorSpec root() {
		return SupervisorSpec.builder("root").child(this.probes.agent("a").spec()).build();
	}

}
