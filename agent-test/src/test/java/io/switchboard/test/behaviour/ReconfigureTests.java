package io.switchboard.test.behaviour;

import java.time.Duration;

import io.switchboard.AgentPath;
import io.switchboard.ExitReason;
import io.switchboard.SendResult;
import io.switchboard.event.AgentEvent;
import io.switchboard.mailbox.MailboxSpec;
import io.switchboard.mailbox.OverflowPolicy;
import io.switchboard.runtime.ChildOperationException.Problem;
import io.switchboard.runtime.SupervisorRef;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.AutoShutdown;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.Restart;
import io.switchboard.supervision.Shutdown;
import io.switchboard.supervision.Strategy;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.test.AgentProbe;
import io.switchboard.test.ProbeCommand;
import io.switchboard.test.ProbeEvent;
import io.switchboard.test.Probes;
import io.switchboard.test.TestAgentSystem;
import io.switchboard.tree.AgentNode;
import io.switchboard.tree.NodeStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.test.subscriber.TestSubscriber;

import static io.switchboard.test.AgentAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Supervisors whose specification changes while they run.
 */
class ReconfigureTests {

	private final Probes probes = new Probes();

	private final AgentProbe a = this.probes.agent("a");

	private final AgentProbe b = this.probes.agent("b");

	private final AgentProbe c = this.probes.agent("c");

	@Test
	@Conforms("L4")
	void changeIsMadeByTheRulesOfCodeChange() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(this.a.spec(), this.b.spec()), this.probes)) {
			SupervisorRef root = system.supervisor("/");
			this.probes.clear();

			system.resultOf(root.reconfigure(SupervisorSpec.builder("root")
				.strategy(Strategy.REST_FOR_ONE)
				.intensity(Trees.perHour(7))
				.child(this.c.spec())
				.child(this.a.spec((spec) -> spec.shutdown(Shutdown.after(Duration.ofSeconds(30)))))
				.build()));

			assertThat(this.probes.lines()).as("nobody is touched").isEmpty();
			assertThat(system.tree().root().strategy()).isEqualTo(Strategy.REST_FOR_ONE);
			assertThat(system.tree().root().maxRestarts()).isEqualTo(7);
			assertThat(system.resultOf(root.children())).extracting((child) -> child.id() + " " + child.status().id())
				.containsExactly("c stopped", "a running", "b running");
			assertThat(system.events().of(AgentEvent.Reconfigured.class)).extracting(AgentEvent::path)
				.containsExactly(AgentPath.ROOT);

			system.agent("/a").tell(ProbeCommand.refuseToStop());
			TestSubscriber<Void> stop = TestSubscriber.create();
			root.terminateChild("a").subscribe(stop);
			system.advance(Duration.ofSeconds(29));
			assertThat(stop.isTerminated()).as("the new shutdown time holds").isFalse();
			system.advance(Duration.ofSeconds(1));
			assertThat(stop.isTerminatedComplete()).isTrue();

			assertThat(system.agent("/c").tell("too early")).isEqualTo(SendResult.NO_PROCESS);
			system.resultOf(root.restartChild("c"));
			assertThat(system.tree()).hasNode("/c").withStatus(NodeStatus.RUNNING).withIncarnation(1);
		}
	}

	@Test
	@Conforms("L4")
	void changeThatFailsLeavesAllAsItWas() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(this.a.spec()))) {
			SupervisorRef root = system.supervisor("/");

			assertThat(Trees.problemOf(system,
					root.reconfigure(SupervisorSpec.builder("root")
						.strategy(Strategy.ONE_FOR_ALL)
						.child(this.b.spec())
						.child(SupervisorSpec.builder("a").build())
						.build())))
				.isEqualTo(Problem.KIND_CHANGED);
			assertThat(system.failureOf(root.reconfigure(DynamicSupervisorSpec.builder("root").build())))
				.hasMessageContaining("another type of node");

			assertThat(system.tree()).hasChildren("/", "a");
			assertThat(system.tree().root().strategy()).isEqualTo(Strategy.ONE_FOR_ONE);
			assertThat(system.events().of(AgentEvent.Reconfigured.class)).isEmpty();
		}
	}

	@Test
	void changeKeepsTheIdAndNeedsASupervisor() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(this.a.spec()))) {
			SupervisorSpec other = SupervisorSpec.builder("other").build();

			assertThatIllegalArgumentException().isThrownBy(() -> system.supervisor("/desk").reconfigure(other))
				.withMessageContaining("/desk")
				.withMessageContaining("other");
			assertThat(Trees.problemOf(system, system.supervisor("/other").reconfigure(other)))
				.isEqualTo(Problem.NO_PROCESS);
		}
	}

	@Test
	void changedAgentIsMadeAnewAtItsNextStart() {
		AgentSpec<String> before = answering("a", "old").version("1").registeredAs("old name").build();
		AgentSpec<String> after = answering("a", "new").version("2")
			.registeredAs("new name")
			.mailbox(new MailboxSpec(7, OverflowPolicy.REJECT))
			.blocking(true)
			.build();
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(before))) {
			system.resultOf(system.supervisor("/").reconfigure(Trees.root(after)));
			assertThat(system.resultOf(system.agent("/a").ask("x", String.class))).isEqualTo("old");
			assertThat(node(system).version()).isEqualTo("1");

			system.agent("/a").tell("fail");

			assertThat(system.resultOf(system.agent("/a").ask("x", String.class))).isEqualTo("new");
			assertThat(node(system).version()).isEqualTo("2");
			assertThat(node(system).mailbox().capacity()).isEqualTo(7);
			assertThat(system.system().registry().names().whereIs("old name")).isNull();
			assertThat(system.system().registry().names().whereIs("new name")).isNotNull();
		}
	}

	@Test
	@Conforms("J12")
	void restartTypeAndSignificanceHoldForChildrenThatRun() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(nested(AutoShutdown.NEVER, false)),
				this.probes)) {
			system.resultOf(system.supervisor("/nested").reconfigure(nested(AutoShutdown.ANY_SIGNIFICANT, true)));

			system.agent("/nested/a").tell(ProbeCommand.end());

			assertThat(system.tree()).hasNode("/nested").withIncarnation(2).withLastExit(ExitReason.shutdown());
		}
	}

	@ParameterizedTest(name = "{0} to {1}: {2} ends are needed")
	@CsvSource({ "NEVER, ANY_SIGNIFICANT, 1", "NEVER, ALL_SIGNIFICANT, 2", "ANY_SIGNIFICANT, ALL_SIGNIFICANT, 2",
			"ALL_SIGNIFICANT, ANY_SIGNIFICANT, 1", "ANY_SIGNIFICANT, NEVER, 3", "ALL_SIGNIFICANT, NEVER, 3" })
	@Conforms("J12")
	void autoShutdownChangesInAllDirections(AutoShutdown before, AutoShutdown after, int needed) {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(crew(before)))) {
			SupervisorSpec changed = (after != AutoShutdown.NEVER) ? crew(after)
					: SupervisorSpec.builder("crew").build();
			system.resultOf(system.supervisor("/crew").reconfigure(changed));
			assertThat(system.tree()).hasNode("/crew/a").withIncarnation(1);

			system.agent("/crew/a").tell(ProbeCommand.end());
			assertThat(ends(system)).isEqualTo((needed == 1) ? 1 : 0);
			system.agent("/crew/b").tell(ProbeCommand.end());
			assertThat(ends(system)).isEqualTo((needed < 3) ? 1 : 0);
			if (needed == 3) {
				AgentSpec<Object> late = this.c.spec((spec) -> spec.restart(Restart.TRANSIENT).significant(true));
				assertThat(Trees.problemOf(system, system.supervisor("/crew").startChild(late)))
					.isEqualTo(Problem.SIGNIFICANT);
			}
		}
	}

	@Test
	void changeOutlivesARestartOfTheSupervisor() {
		SupervisorSpec nested = SupervisorSpec.builder("nested").child(this.a.spec()).child(this.b.spec()).build();
		SupervisorSpec changed = SupervisorSpec.builder("nested")
			.intensity(Trees.perHour(0))
			.child(this.a.spec())
			.child(this.c.spec())
			.build();
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(nested), this.probes)) {
			system.resultOf(system.supervisor("/nested").reconfigure(changed));

			system.agent("/nested/a").tell(ProbeCommand.fail());

			assertThat(system.tree()).hasNode("/nested").withIncarnation(2);
			assertThat(system.tree()).as("the new specification only").hasChildren("/nested", "a", "c");
			assertThat(system.tree()).hasNode("/nested/a").withIncarnation(2);
			assertThat(system.tree()).hasNode("/nested/c").withStatus(NodeStatus.RUNNING);
		}
	}

	@Test
	void specificationGivenFromAboveReplacesAChange() {
		SupervisorSpec nested = SupervisorSpec.builder("nested").child(this.a.spec()).build();
		SupervisorSpec fromAbove = SupervisorSpec.builder("nested").child(this.c.spec()).build();
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(nested))) {
			system.resultOf(system.supervisor("/nested")
				.reconfigure(SupervisorSpec.builder("nested").child(this.b.spec()).build()));
			system.resultOf(system.supervisor("/").reconfigure(Trees.root(fromAbove)));

			system.resultOf(system.system().control(AgentPath.of("/nested")).kill());

			assertThat(system.tree()).hasChildren("/nested", "c");
		}
	}

	@Test
	@Conforms("K16")
	void lowerLimitOfChildrenTouchesNobody() {
		try (TestAgentSystem system = TestAgentSystem
			.start(Trees.root(DynamicSupervisorSpec.builder("d").maxChildren(2).build()))) {
			SupervisorRef sessions = system.supervisor("/d");
			system.resultOf(sessions.startChild(this.a.spec()));
			system.resultOf(sessions.startChild(this.b.spec()));

			system.resultOf(sessions.reconfigure(DynamicSupervisorSpec.builder("d").maxChildren(1).build()));

			assertThat(system.tree()).hasChildren("/d", "a", "b");
			assertThat(Trees.problemOf(system, sessions.startChild(this.c.spec()))).isEqualTo(Problem.MAX_CHILDREN);
		}
	}

	@Test
	@Conforms("L5")
	void templateIsReplacedByExactlyOne() {
		DynamicSupervisorSpec before = sessions("old");
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(before))) {
			SupervisorRef sessions = system.supervisor("/d");
			assertThat(system.resultOf(system.agent("/d/x").ask("x", String.class))).isEqualTo("old");

			assertThat(Trees.problemOf(system, sessions.reconfigure(DynamicSupervisorSpec.builder("d").build())))
				.isEqualTo(Problem.KIND_CHANGED);
			system.resultOf(sessions.reconfigure(sessions("new")));

			assertThat(system.resultOf(system.agent("/d/x").ask("x", String.class))).isEqualTo("old");
			assertThat(system.resultOf(system.agent("/d/y").ask("x", String.class))).isEqualTo("new");
			system.agent("/d/x").tell("fail");
			assertThat(system.resultOf(system.agent("/d/x").ask("x", String.class))).isEqualTo("new");
		}
	}

	@Test
	void groupRestartFollowsTheNewOrder() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(this.a.spec(), this.b.spec()), this.probes)) {
			system.resultOf(system.supervisor("/")
				.reconfigure(Trees.root(Strategy.ONE_FOR_ALL, 2, this.b.spec(), this.a.spec())));
			this.probes.clear();

			system.agent("/b").tell(ProbeCommand.fail());

			assertThat(this.probes.lines(ProbeEvent.STOP, ProbeEvent.STARTED)).endsWith("a stop shutdown", "b started",
					"a started");
		}
	}

	private SupervisorSpec nested(AutoShutdown autoShutdown, boolean significant) {
		return SupervisorSpec.builder("nested")
			.autoShutdown(autoShutdown)
			.child(this.a.spec((spec) -> spec.restart(Restart.TRANSIENT).significant(significant)))
			.child(this.b.spec())
			.build();
	}

	/**
	 * Two children that are significant as far as the mode allows it. The crew is done
	 * once and for all when it ends.
	 */
	private SupervisorSpec crew(AutoShutdown autoShutdown) {
		boolean significant = autoShutdown != AutoShutdown.NEVER;
		return SupervisorSpec.builder("crew")
			.restart(Restart.TRANSIENT)
			.autoShutdown(autoShutdown)
			.child(this.a.spec((spec) -> spec.restart(Restart.TRANSIENT).significant(significant)))
			.child(this.b.spec((spec) -> spec.restart(Restart.TRANSIENT).significant(significant)))
			.build();
	}

	private static long ends(TestAgentSystem system) {
		return system.events().at("/crew").of(AgentEvent.Exited.class).size();
	}

	private static DynamicSupervisorSpec sessions(String answer) {
		return DynamicSupervisorSpec.builder("d")
			.intensity(Trees.perHour(5))
			.template((id) -> answering(id, answer).build())
			.build();
	}

	private static AgentSpec.Builder<String> answering(String id, String answer) {
		return AgentSpec.builder(id, String.class, () -> (message, context) -> {
			if (message.equals("fail")) {
				throw new IllegalStateException("told to fail");
			}
			return Mono.just(answer);
		});
	}

	private static AgentNode node(TestAgentSystem system) {
		AgentNode node = (AgentNode) system.tree().find(AgentPath.of("/a"));
		assertThat(node).isNotNull();
		return node;
	}

}
