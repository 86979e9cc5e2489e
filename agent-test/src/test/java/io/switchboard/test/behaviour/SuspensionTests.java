package io.switchboard.test.behaviour;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.switchboard.AgentContext;
import io.switchboard.AgentPath;
import io.switchboard.AgentRef;
import io.switchboard.AskTimeoutException;
import io.switchboard.StatefulBehaviour;
import io.switchboard.event.AgentEvent;
import io.switchboard.runtime.NodeControl;
import io.switchboard.runtime.SupervisorRef;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.test.ProbeFailure;
import io.switchboard.test.TestAgentSystem;
import io.switchboard.tree.NodeStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.test.subscriber.TestSubscriber;

import static io.switchboard.test.AgentAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Agents and supervisors that are held, and looked into.
 */
class SuspensionTests {

	private final TestAgentSystem system = TestAgentSystem
		.start(Trees.root(AgentSpec.builder("sum", Integer.class, Sum::new).build(),
				SupervisorSpec.builder("desk").child(Act.agent("x")).build()));

	private final AgentRef<Integer> sum = this.system.agent("/sum", Integer.class);

	@AfterEach
	void close() {
		this.system.close();
	}

	@ParameterizedTest(name = "suspended {0}")
	@ValueSource(booleans = { false, true })
	@Conforms("N15")
	void stateIsShownAndReplaced(boolean suspended) {
		this.sum.tell(2);
		hold("/sum", suspended);

		assertThat(this.system.resultOf(control("/sum").state())).isEqualTo(2);
		assertThat(this.system.resultOf(control("/sum").replaceState((state) -> (Integer) state + 40))).isEqualTo(42);
		assertThat(this.system.resultOf(control("/sum").state())).isEqualTo(42);

		this.system.resultOf(control("/sum").resume());
		assertThat(this.system.resultOf(this.sum.ask(1, Integer.class))).isEqualTo(43);
	}

	@ParameterizedTest(name = "suspended {0}")
	@ValueSource(booleans = { false, true })
	@Conforms("N15")
	void replacementThatFailsIsReportedAndChangesNothing(boolean suspended) {
		this.sum.tell(2);
		hold("/sum", suspended);
		ProbeFailure failure = new ProbeFailure("cannot");

		assertThat(this.system.failureOf(control("/sum").replaceState((state) -> {
			throw failure;
		}))).isSameAs(failure);
		assertThat(this.system.failureOf(control("/sum").replaceState((state) -> -1)))
			.isInstanceOf(IllegalArgumentException.class);

		assertThat(this.system.resultOf(control("/sum").state())).isEqualTo(2);
		assertThat(this.system.tree()).hasNode("/sum").withIncarnation(1);
	}

	@Test
	@Conforms("N16")
	void callThatTimedOutMeanwhileIsStillHandledAndItsReplyDropped() {
		hold("/sum", true);
		TestSubscriber<Integer> impatient = TestSubscriber.create();
		TestSubscriber<Integer> patient = TestSubscriber.create();
		this.sum.ask(1, Integer.class, Duration.ofSeconds(1)).subscribe(impatient);
		this.sum.tell(10);
		this.sum.ask(100, Integer.class).subscribe(patient);
		assertThat(this.system.tree()).hasNode("/sum").withStatus(NodeStatus.SUSPENDED).withMailboxSize(3);
		this.system.advance(Duration.ofSeconds(1));
		assertThat(impatient.expectTerminalError()).isInstanceOf(AskTimeoutException.class);

		this.system.resultOf(control("/sum").resume());

		assertThat(patient.getReceivedOnNext()).containsExactly(111);
		assertThat(impatient.getReceivedOnNext()).isEmpty();
		assertThat(impatient.getProtocolErrors()).isEmpty();
		assertThat(this.system.tree()).hasNode("/sum").withStatus(NodeStatus.RUNNING).withMailboxSize(0);
	}

	@Test
	@Conforms("N16")
	void whatReachesASuspendedSupervisorWaitsInOrder() {
		hold("/desk", true);
		List<String> done = new ArrayList<>();
		SupervisorRef desk = this.system.supervisor("/desk");
		TestSubscriber<Object> stopped = TestSubscriber.create();
		TestSubscriber<Object> deleted = TestSubscriber.create();
		this.system.agent("/desk/x").tell((Act) (context) -> Mono.error(new ProbeFailure("crash")));
		desk.terminateChild("x").doOnSuccess((nothing) -> done.add("stopped")).cast(Object.class).subscribe(stopped);
		desk.deleteChild("x").doOnSuccess((nothing) -> done.add("deleted")).cast(Object.class).subscribe(deleted);
		assertThat(done).isEmpty();
		assertThat(this.system.events().at("/desk/x").of(AgentEvent.Exited.class)).isEmpty();

		this.system.resultOf(control("/desk").resume());

		assertThat(done).containsExactly("stopped", "deleted");
		assertThat(this.system.events().at("/desk/x").of(AgentEvent.Restarted.class)).hasSize(1);
		assertThat(this.system.tree()).hasChildren("/desk");
	}

	private void hold(String path, boolean suspended) {
		if (suspended) {
			this.system.resultOf(control(path).suspend());
			assertThat(this.system.tree()).hasNode(path).withStatus(NodeStatus.SUSPENDED);
		}
	}

	private NodeControl control(String path) {
		return this.system.system().control(AgentPath.of(path));
	}

	/**
	 * Adds up.
	 */
	private static final class Sum implements StatefulBehaviour<Integer, Integer> {

		private int sum;

		@Override
		public Publisher<?> onMessage(Integer message, AgentContext<Integer> context) {
			this.sum += message;
			return Mono.just(this.sum);
		}

		@Override
		public Integer state() {
			return this.sum;
		}

		@Override
		public void replaceState(Integer state) {
			if (state < 0) {
				throw new IllegalArgumentException("Sum %d is negative".formatted(state));
			}
			this.sum = state;
		}

	}

}
