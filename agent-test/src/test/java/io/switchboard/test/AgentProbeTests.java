package io.switchboard.test;

import java.time.Duration;

import io.switchboard.AgentExitedException;
import io.switchboard.ExitReason;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.runtime.SupervisorStartException;
import io.switchboard.supervision.Restart;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.tree.NodeStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.test.StepVerifier;
import reactor.test.subscriber.TestSubscriber;

import static io.switchboard.test.AgentAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link AgentProbe}, {@link Probes} and {@link ProbeCommand}.
 */
class AgentProbeTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private final Probes probes = new Probes();

	private final AgentProbe probe = this.probes.agent("a");

	@Test
	void reportsItsLife() {
		try (TestAgentSystem system = TestAgentSystem.start(root(), this.probes)) {
			system.agent("/a").tell("hello");
			system.agent("/a").tell(ProbeCommand.end());
		}

		assertThat(this.probes.lines()).containsExactly("a start", "a started", "a message hello",
				"a message end with normal", "a stop normal", "a gone normal", "a start", "a started",
				"a stop shutdown", "a gone shutdown");
		assertThat(this.probes.entries()).last()
			.isEqualTo(new ProbeEntry("a", ProbeEvent.GONE, 2, ExitReason.shutdown()));
		assertThat(this.probes.lines(ProbeEvent.STARTED)).containsExactly("a started", "a started");
		this.probes.clear();
		assertThat(this.probes.entries()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(value = StartAnswer.class, names = { "ERROR", "THROW" })
	void failsTheStartsItIsToldTo(StartAnswer answer) {
		this.probe.onStart(1, answer);
		TestAgentSystem system = TestAgentSystem.builder(root()).build();

		Throwable failure = system.failureOf(system.system().start());

		assertThat(failure).isInstanceOf(SupervisorStartException.class).hasCauseInstanceOf(ProbeFailure.class);
		assertThat(this.probe.attempts()).isOne();
	}

	@Test
	void ignoresFromOneStartToTheNext() {
		this.probe.fromStart(2, StartAnswer.IGNORE).fromStart(4, StartAnswer.OK);
		try (TestAgentSystem system = TestAgentSystem.start(root())) {
			system.agent("/a").tell(ProbeCommand.fail());
			assertThat(system.tree()).hasNode("/a").withStatus(NodeStatus.STOPPED);

			system.resultOf(system.supervisor("/").restartChild("a"));
			assertThat(system.tree()).hasNode("/a").withStatus(NodeStatus.STOPPED);
			system.resultOf(system.supervisor("/").restartChild("a"));

			assertThat(system.tree()).hasNode("/a").withStatus(NodeStatus.RUNNING);
		}
	}

	@Test
	void hangsInTheStartUntilReleased() {
		this.probe.onStart(1, StartAnswer.HANG);
		try (TestAgentSystem system = TestAgentSystem.builder(root()).build()) {
			TestSubscriber<Void> start = TestSubscriber.create();
			system.system().start().subscribe(start);
			assertThat(start.isTerminated()).isFalse();

			this.probe.releaseStart();

			assertThat(start.isTerminatedComplete()).isTrue();
			assertThatIllegalStateException().isThrownBy(this.probe::releaseStart).withMessageContaining("'a'");
		}
	}

	@Test
	void failsOnStopWhenToldTo() {
		ProbeFailure failure = new ProbeFailure("x");
		try (TestAgentSystem system = TestAgentSystem.start(root(), this.probes)) {
			system.agent("/a").tell(ProbeCommand.failOnStop(failure));
			system.agent("/a").tell(ProbeCommand.shutdown());

			assertThat(system.tree()).hasNode("/a").withLastExit(ExitReason.crash(failure));
		}
	}

	@Test
	void takesSettings() {
		try (TestAgentSystem system = TestAgentSystem.start(SupervisorSpec.builder("root")
			.child(this.probe.spec((spec) -> spec.restart(Restart.TEMPORARY)))
			.build())) {
			Throwable failure = system.failureOf(system.agent("/a").ask(ProbeCommand.fail(), Object.class));

			assertThat(failure).isInstanceOf(AgentExitedException.class);
			assertThat(system.tree()).hasNoNode("/a");
		}
	}

	@Test
	void blocksItsThreadUntilReleased() throws InterruptedException {
		AgentSystem system = AgentSystem.builder(root()).listener(this.probes).build();
		StepVerifier.create(system.start()).expectComplete().verify(LIMIT);
		try (Blockade blockade = new Blockade()) {
			StepVerifier.create(system.agent("/a", Object.class).ask(ProbeCommand.block(blockade), Object.class))
				.then(() -> awaitHeld(blockade))
				.then(blockade::release)
				.expectComplete()
				.verify(LIMIT);
		}
		finally {
			StepVerifier.create(system.stop()).expectComplete().verify(LIMIT);
		}
	}

	private static void awaitHeld(Blockade blockade) {
		try {
			blockade.awaitHeld(LIMIT);
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	private SupervisorSpec root() {
		return SupervisorSpec.builder("root").child(this.probe.spec()).build();
	}

}
