package io.switchboard.autoconfigure.operations;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.switchboard.AgentPath;
import io.switchboard.autoconfigure.operations.AgentOperationException.Problem;
import io.switchboard.event.AgentEvent;
import io.switchboard.event.AgentEvent.Operated;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.test.TestAgentSystem;
import io.switchboard.tree.NodeStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.subscriber.TestSubscriber;

import static io.switchboard.autoconfigure.operations.AgentAction.DRAIN;
import static io.switchboard.autoconfigure.operations.AgentAction.KILL;
import static io.switchboard.autoconfigure.operations.AgentAction.RESTART;
import static io.switchboard.autoconfigure.operations.AgentAction.RESUME;
import static io.switchboard.autoconfigure.operations.AgentAction.START;
import static io.switchboard.autoconfigure.operations.AgentAction.STOP;
import static io.switchboard.autoconfigure.operations.AgentAction.SUSPEND;
import static io.switchboard.autoconfigure.operations.AgentAction.TRACE_OFF;
import static io.switchboard.autoconfigure.operations.AgentAction.TRACE_ON;
import static io.switchboard.test.AgentAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AgentOperations}.
 */
class AgentOperationsTests {

	private final Sinks.One<String> gate = Sinks.one();

	private boolean broken;

	private final TestAgentSystem system = TestAgentSystem.start(SupervisorSpec.builder("root")
		.child(SupervisorSpec.builder("desk").child(agent("a")).child(agent("b")).build())
		.child(DynamicSupervisorSpec.builder("d").template(this::agent).build())
		.build());

	private final AgentOperations operations = new AgentOperations(this.system.system());

	@AfterEach
	void close() {
		this.system.close();
	}

	@Test
	void restartIsNoCrashAndCostsNoBudget() {
		perform("/desk/a", RESTART);

		assertThat(this.system.tree()).hasNode("/desk/a")
			.withStatus(NodeStatus.RUNNING)
			.withIncarnation(2)
			.withRestarts(0);
		assertThat(this.system.tree()).hasNode("/desk").withRestartsInWindow(0);
		assertThat(this.system.events().of(AgentEvent.CrashReported.class)).isEmpty();
	}

	@Test
	void subtreeIsStoppedAndStarted() {
		perform("/desk", STOP);
		assertThat(this.system.tree()).hasNode("/desk").withStatus(NodeStatus.STOPPED);

		perform("/desk", START);

		assertThat(this.system.tree()).hasNode("/desk/b").withStatus(NodeStatus.RUNNING).withIncarnation(2);
	}

	@Test
	void oneSessionIsStopped() {
		this.system.resultOf(this.system.agent("/d/ann").ask("hello", String.class));

		perform("/d/ann", STOP);

		assertThat(this.system.tree()).hasChildren("/d");
	}

	@Test
	void suspendAndResumeFollowEachOther() {
		perform("/desk/a", SUSPEND);
		assertThat(this.operations.possible(AgentPath.of("/desk/a"))).contains(RESUME).doesNotContain(SUSPEND, DRAIN);

		perform("/desk/a", RESUME);

		assertThat(this.system.tree()).hasNode("/desk/a").withStatus(NodeStatus.RUNNING);
	}

	@Test
	void drainStops() {
		perform("/desk/a", DRAIN);

		assertThat(this.system.tree()).hasNode("/desk/a").withStatus(NodeStatus.STOPPED);
	}

	@Test
	void killIsCounted() {
		perform("/desk/a", KILL);

		assertThat(this.system.tree()).hasNode("/desk/a").withIncarnation(2).withRestarts(1);
	}

	@Test
	void traceIsBegunAndEnded() {
		AgentPath path = AgentPath.of("/desk/a");
		perform("/desk/a", TRACE_ON);
		this.system.agent("/desk/a").tell("hello");
		assertThat(this.system.resultOf(this.system.system().control(path).traced())).isNotEmpty();

		perform("/desk/a", TRACE_OFF);

		assertThat(this.system.resultOf(this.system.system().control(path).traced())).isEmpty();
	}

	@Test
	void nodeThatIsMissingIsNotFound() {
		AgentOperationException ex = refusal("/desk/nobody", RESTART);

		assertThat(ex.problem()).isEqualTo(Problem.NOT_FOUND);
		assertThat(ex.possible()).isEmpty();
		assertThat(ex).hasMessage("Cannot restart '/desk/nobody': there is no such node");
		assertThat(operated()).containsExactly(new Operated(AgentPath.of("/desk/nobody"), "restart", "ann", "not-found",
				this.system.events().of(Operated.class).get(0).at()));
	}

	@Test
	void whatOnlyAgentsDoDoesNotFitASupervisor() {
		for (AgentAction action : List.of(DRAIN, TRACE_ON, TRACE_OFF)) {
			assertThat(refusal("/desk", action).problem()).as(action.id()).isEqualTo(Problem.NOT_APPLICABLE);
		}
		assertThat(refusal("/desk", DRAIN))
			.hasMessage("Cannot drain '/desk': it is a supervisor; " + "possible now: restart, stop, suspend, kill");
	}

	@Test
	void rootIsNotEnded() {
		for (AgentAction action : EnumSet.complementOf(EnumSet.of(SUSPEND, RESUME))) {
			assertThat(refusal("/", action).problem()).as(action.id()).isEqualTo(Problem.NOT_APPLICABLE);
		}
		assertThat(this.operations.possible(AgentPath.ROOT)).containsExactly(SUSPEND);
	}

	@Test
	void whatDoesNotFitTheStatusIsNotPossible() {
		assertThat(refusal("/desk/a", START)).satisfies((ex) -> {
			assertThat(ex.problem()).isEqualTo(Problem.NOT_POSSIBLE);
			assertThat(ex.possible()).isEqualTo(Set.of(RESTART, STOP, SUSPEND, DRAIN, KILL, TRACE_ON, TRACE_OFF));
			assertThat(ex).hasMessageStartingWith("Cannot start '/desk/a': it is running; possible now: restart, stop");
		});
		perform("/desk/a", STOP);
		assertThat(refusal("/desk/a", SUSPEND))
			.hasMessage("Cannot suspend '/desk/a': it is stopped; possible now: start");
	}

	@Test
	void startThatFailsIsSaidAndItsCauseIsNotQuoted() {
		perform("/desk/a", STOP);
		this.broken = true;

		AgentOperationException ex = refusal("/desk/a", START);

		assertThat(ex.problem()).isEqualTo(Problem.FAILED);
		assertThat(ex).hasMessageContaining("did not start").hasMessageNotContaining("secret");
	}

	@Test
	void eachIsWrittenDownWithWhoAskedAndWhatCameOfIt() {
		perform("/desk/a", RESTART);
		this.system.resultOf(this.operations.perform(AgentPath.of("/desk/a"), STOP, null).thenReturn(true));
		refusal("/desk/a", STOP);

		assertThat(operated()).extracting((event) -> event.action() + " " + event.operator() + " " + event.outcome())
			.containsExactly("restart ann done", "stop null done", "stop ann not-possible");
	}

	@Test
	void whoDoesNotWaitIsWrittenDownToo() {
		this.system.agent("/desk/a").tell("wait");
		TestSubscriber<Void> suspending = TestSubscriber.create();
		this.operations.perform(AgentPath.of("/desk/a"), SUSPEND, "ann").subscribe(suspending);

		suspending.cancel();

		assertThat(operated()).extracting(Operated::outcome).containsExactly("not-awaited");
		this.gate.tryEmitValue("go").orThrow();
		assertThat(this.system.tree()).hasNode("/desk/a").withStatus(NodeStatus.SUSPENDED);
	}

	@Test
	void nothingHappensBeforeSubscription() {
		Mono<Void> unused = this.operations.perform(AgentPath.of("/desk/a"), KILL, "ann");

		assertThat(unused).isNotNull();
		assertThat(this.system.tree()).hasNode("/desk/a").withIncarnation(1);
	}

	@Test
	void namesAreInKebabCase() {
		assertThat(TRACE_ON.id()).isEqualTo("trace-on");
		assertThat(AgentAction.find("trace-off")).isEqualTo(TRACE_OFF);
		assertThat(AgentAction.find("explode")).isNull();
	}

	private void perform(String path, AgentAction action) {
		this.system.resultOf(this.operations.perform(AgentPath.of(path), action, "ann"));
	}

	private AgentOperationException refusal(String path, AgentAction action) {
		Throwable failure = this.system.failureOf(this.operations.perform(AgentPath.of(path), action, "ann"));
		assertThat(failure).isInstanceOf(AgentOperationException.class);
		return (AgentOperationException) failure;
	}

	private List<Operated> operated() {
		return this.system.events().of(Operated.class);
	}

	private AgentSpec<Object> agent(String id) {
		return AgentSpec.builder(id, Object.class, () -> {
			if (this.broken) {
				throw new IllegalStateException("secret");
			}
			return (message, context) -> message.equals("wait") ? this.gate.asMono() : Mono.just(message);
		}).build();
	}

}
