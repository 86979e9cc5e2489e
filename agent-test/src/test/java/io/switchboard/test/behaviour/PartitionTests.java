package io.switchboard.test.behaviour;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import io.switchboard.AgentPath;
import io.switchboard.ExitReason;
import io.switchboard.event.AgentEvent;
import io.switchboard.runtime.ChildOperationException;
import io.switchboard.runtime.ChildOperationException.Problem;
import io.switchboard.runtime.NoPartitionException;
import io.switchboard.runtime.Partitions;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.AutoShutdown;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.InvalidSpecificationException;
import io.switchboard.supervision.PartitionSupervisorSpec;
import io.switchboard.supervision.Restart;
import io.switchboard.supervision.Shutdown;
import io.switchboard.test.AgentProbe;
import io.switchboard.test.ProbeCommand;
import io.switchboard.test.ProbeEvent;
import io.switchboard.test.ProbeFailure;
import io.switchboard.test.Probes;
import io.switchboard.test.StartAnswer;
import io.switchboard.test.TestAgentSystem;
import io.switchboard.tree.NodeStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;
import reactor.test.subscriber.TestSubscriber;

import static io.switchboard.test.AgentAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * Supervisors of several copies of one child.
 */
class PartitionTests {

	private static final AgentPath PATH = AgentPath.of("/p");

	private final Probes probes = new Probes();

	@ParameterizedTest
	@Conforms("P7")
	@CsvSource({ "0, /p/0", "3, /p/0", "-1, /p/1", "4, /p/1", "5, /p/2", "-2147483648, /p/2" })
	void wholeNumbersAreDealtOutInTurn(int key, String path) {
		try (TestAgentSystem system = start(3)) {
			Partitions partitions = system.system().partitions(PATH);

			assertThat(partitions.of(key)).hasToString(path);
			assertThat(partitions.of((long) key)).hasToString(path);
		}
	}

	@Test
	void otherKeysAreSpreadAndStayWhereTheyAre() {
		try (TestAgentSystem system = start(3)) {
			Partitions partitions = system.system().partitions(PATH);
			List<String> keys = IntStream.range(0, 300).mapToObj((number) -> "customer-" + number).toList();

			List<AgentPath> first = keys.stream().map(partitions::of).toList();
			system.agent("/p/1").tell(ProbeCommand.fail());
			List<AgentPath> second = keys.stream().map(partitions::of).toList();

			assertThat(second).isEqualTo(first);
			for (String partition : List.of("/p/0", "/p/1", "/p/2")) {
				assertThat(first).filteredOn((path) -> path.toString().equals(partition)).hasSizeBetween(50, 150);
			}
			assertThat(partitions.of(new UUID(7, 9))).isEqualTo(partitions.of(new UUID(7, 9)));
		}
	}

	@Test
	@Conforms("P7")
	void eachPartitionSeesItsNumber() {
		try (TestAgentSystem system = start(3)) {
			for (int number = 0; number < 3; number++) {
				assertThat(system.resultOf(system.agent("/p/" + number).ask("who", String.class))).isEqualTo("who");
			}

			assertThat(this.probes.lines(ProbeEvent.START)).containsExactly("0 start", "1 start", "2 start");
			assertThat(this.probes.lines(ProbeEvent.MESSAGE)).containsExactly("0 message who", "1 message who",
					"2 message who");
			assertThat(system.tree()).hasChildren("/p", "0", "1", "2");
			assertThat(system.tree().render()).contains("p [partition-supervisor, one-for-one, ");
		}
	}

	@Test
	void partitionsAreRestartedOneForOneWithinTheBudget() {
		try (TestAgentSystem system = start(3)) {
			system.agent("/p/1").tell(ProbeCommand.fail());
			assertThat(system.tree()).hasNode("/p/1").withIncarnation(2);
			assertThat(system.tree()).hasNode("/p/0").withIncarnation(1);
			system.agent("/p/0").tell(ProbeCommand.fail());
			this.probes.clear();

			system.agent("/p/2").tell(ProbeCommand.fail());

			assertThat(this.probes.lines(ProbeEvent.GONE)).containsExactly("2 gone crash", "1 gone shutdown",
					"0 gone shutdown");
			assertThat(system.tree()).hasNode("/p").withIncarnation(2);
			assertThat(Trees.counts(system, "/p")).isEqualTo("3/3/0/3");
		}
	}

	@Test
	@Conforms("P7")
	void missingSupervisorIsNamedWithWhatIsThere() {
		try (TestAgentSystem system = start(3)) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> system.system().partitions(AgentPath.of("/q")).of("key"))
				.withMessage("There is no partition supervisor at '/q', but nothing; below '/' there are [p, d]");
			assertThatIllegalArgumentException()
				.isThrownBy(() -> system.system().partitions(AgentPath.of("/q/r")).size())
				.withMessage("There is no partition supervisor at '/q/r', but nothing; below '/' there are [p, d]");
			assertThatIllegalArgumentException()
				.isThrownBy(() -> system.system().partitions(AgentPath.of("/p/0")).of(1))
				.withMessage("There is no partition supervisor at '/p/0', but something of type agent");
			assertThat(system.failureOf(system.system().partitions(AgentPath.of("/d")).resize(1)))
				.isInstanceOf(IllegalArgumentException.class)
				.hasMessage("There is no partition supervisor at '/d', but something of type dynamic-supervisor");
		}
	}

	@Test
	@Conforms("P7")
	void missingPartitionIsNamedWithWhatIsThere() {
		try (TestAgentSystem system = start(3, Restart.TEMPORARY)) {
			system.agent("/p/1").tell(ProbeCommand.fail());

			assertThatExceptionOfType(NoPartitionException.class)
				.isThrownBy(() -> system.system().partitions(PATH).of(1))
				.withMessage("Partition 1 of supervisor '/p' has ended for good; there are [0, 2]")
				.satisfies((ex) -> assertThat(ex.supervisor()).isEqualTo(PATH))
				.satisfies((ex) -> assertThat(ex.size()).isEqualTo(3));
			assertThat(system.system().partitions(PATH).of(2)).hasToString("/p/2");
		}
	}

	@Test
	@Conforms("P7")
	void resizesToNothingAndBack() {
		try (TestAgentSystem system = start(3)) {
			Partitions partitions = system.system().partitions(PATH);
			this.probes.clear();

			system.resultOf(partitions.resize(0));

			assertThat(this.probes.lines(ProbeEvent.GONE)).containsExactly("2 gone shutdown", "1 gone shutdown",
					"0 gone shutdown");
			assertThat(partitions.size()).isZero();
			assertThat(Trees.counts(system, "/p")).isEqualTo("3/0/0/3");
			assertThatExceptionOfType(NoPartitionException.class).isThrownBy(() -> partitions.of(0))
				.withMessage("Partition supervisor '/p' uses no partitions now; resize it to at least one");

			this.probes.clear();
			system.resultOf(partitions.resize(3));

			assertThat(this.probes.lines(ProbeEvent.START)).containsExactly("0 start", "1 start", "2 start");
			assertThat(partitions.of(-1)).hasToString("/p/1");
			assertThat(Trees.counts(system, "/p")).isEqualTo("3/3/0/3");
		}
	}

	@Test
	void fewerPartitionsShareTheKeys() {
		try (TestAgentSystem system = start(3)) {
			Partitions partitions = system.system().partitions(PATH);

			system.resultOf(partitions.resize(2));

			assertThat(partitions.size()).isEqualTo(2);
			assertThat(partitions.of(2)).hasToString("/p/0");
			assertThat(Trees.status(system, "/p/2")).isEqualTo(NodeStatus.STOPPED);
			assertThat(Trees.status(system, "/p/1")).isEqualTo(NodeStatus.RUNNING);
			system.resultOf(partitions.resize(2));
			assertThat(system.tree()).hasNode("/p/1").withIncarnation(1);
		}
	}

	@ParameterizedTest
	@Conforms("P7")
	@CsvSource({ "4", "-1" })
	void sizesBeyondTheSpecificationAreRefused(int size) {
		try (TestAgentSystem system = start(3)) {
			assertThat(system.failureOf(system.system().partitions(PATH).resize(size)))
				.isInstanceOf(IllegalArgumentException.class)
				.hasMessage(
						"Partition supervisor '/p' cannot be resized to %d: 0 to 3 are possible, as it was specified",
						size);
			assertThat(Trees.counts(system, "/p")).isEqualTo("3/3/0/3");
		}
	}

	@Test
	void resizesAreDoneOneAfterTheOther() {
		AgentProbe last = this.probes.agent("2").onStart(2, StartAnswer.HANG);
		try (TestAgentSystem system = start(3)) {
			Partitions partitions = system.system().partitions(PATH);
			system.resultOf(partitions.resize(1));
			TestSubscriber<Void> more = TestSubscriber.create();
			TestSubscriber<Void> fewer = TestSubscriber.create();

			partitions.resize(3).subscribe(more);
			partitions.resize(2).subscribe(fewer);

			assertThat(more.isTerminated()).isFalse();
			assertThat(fewer.isTerminated()).isFalse();
			assertThat(partitions.size()).isEqualTo(1);
			last.releaseStart();
			assertThat(more.isTerminatedComplete()).isTrue();
			assertThat(fewer.isTerminatedComplete()).isTrue();
			assertThat(partitions.size()).isEqualTo(2);
			assertThat(Trees.counts(system, "/p")).isEqualTo("3/2/0/3");
		}
	}

	@Test
	void partitionThatDoesNotStartIsNamed() {
		this.probes.agent("1").onStart(2, StartAnswer.ERROR);
		try (TestAgentSystem system = start(3)) {
			Partitions partitions = system.system().partitions(PATH);
			system.resultOf(partitions.resize(0));

			Throwable failure = system.failureOf(partitions.resize(3));

			assertThat(failure).isInstanceOf(ChildOperationException.class).hasCauseInstanceOf(ProbeFailure.class);
			assertThat(((ChildOperationException) failure).child()).hasToString("/p/1");
			assertThat(partitions.size()).isEqualTo(1);
			assertThat(Trees.counts(system, "/p")).isEqualTo("3/1/0/3");
			system.resultOf(partitions.resize(3));
			assertThat(Trees.counts(system, "/p")).isEqualTo("3/3/0/3");
		}
	}

	@Test
	void partitionThatWaitsForItsOwnEndIsRefused() {
		AtomicReference<Partitions> partitions = new AtomicReference<>();
		PartitionSupervisorSpec spec = PartitionSupervisorSpec.builder("p", (number) -> AgentSpec
			.builder(Integer.toString(number), Integer.class, () -> (size, context) -> partitions.get()
				.resize(size)
				.thenReturn("resized")
				.onErrorResume(ChildOperationException.class, (ex) -> Mono.just(ex.child() + " " + ex.problem())))
			.shutdown(Shutdown.infinite())
			.build()).partitions(2).build();
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(spec))) {
			partitions.set(system.system().partitions(PATH));

			assertThat(system.resultOf(system.agent("/p/1").ask(0, String.class))).isEqualTo("/p/1 CALLED_BY_CHILD");

			assertThat(partitions.get().size()).isEqualTo(2);
			assertThat(system.resultOf(system.agent("/p/0").ask(1, String.class))).isEqualTo("resized");
		}
	}

	@Test
	void temporaryPartitionsComeBackWithAResize() {
		try (TestAgentSystem system = start(3, Restart.TEMPORARY)) {
			Partitions partitions = system.system().partitions(PATH);

			system.resultOf(partitions.resize(1));
			assertThat(system.tree()).hasChildren("/p", "0");
			system.resultOf(partitions.resize(3));

			assertThat(system.tree()).hasChildren("/p", "0", "1", "2");
			assertThat(Trees.counts(system, "/p")).isEqualTo("3/3/0/3");
		}
	}

	@Test
	void restartOfTheSupervisorBringsAllPartitionsBack() {
		try (TestAgentSystem system = start(3)) {
			system.resultOf(system.system().partitions(PATH).resize(1));

			system.resultOf(system.system().control(PATH).kill());

			assertThat(system.tree()).hasNode("/p").withIncarnation(2);
			assertThat(system.system().partitions(PATH).size()).isEqualTo(3);
			assertThat(Trees.counts(system, "/p")).isEqualTo("3/3/0/3");
		}
	}

	@Test
	void partitionsAreManagedAsTheyAreOrNotAtAll() {
		try (TestAgentSystem system = start(3)) {
			var supervisor = system.supervisor("/p");

			assertThat(Trees.problemOf(system, supervisor.startChild(this.probes.agent("3").spec())))
				.isEqualTo(Problem.NOT_SUPPORTED);
			system.resultOf(supervisor.terminateChild("2"));
			assertThat(Trees.problemOf(system, supervisor.deleteChild("2"))).isEqualTo(Problem.NOT_SUPPORTED);
			assertThat(Trees.problemOf(system, supervisor.restartChild("1"))).isEqualTo(Problem.RUNNING);
			system.resultOf(supervisor.restartChild("2"));
			assertThat(Trees.counts(system, "/p")).isEqualTo("3/3/0/3");
		}
	}

	@Test
	void supervisorsOfSessionsCanBePartitions() {
		PartitionSupervisorSpec spec = PartitionSupervisorSpec
			.builder("p",
					(number) -> DynamicSupervisorSpec.builder(Integer.toString(number))
						.template((key) -> this.probes.agent(key).spec())
						.build())
			.partitions(2)
			.build();
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(spec))) {
			AgentPath session = system.system().partitions(PATH).of(41).child("s41");

			assertThat(system.resultOf(system.agent(session.toString()).ask("hello", String.class))).isEqualTo("hello");

			assertThat(system.tree()).hasChildren("/p/1", "s41");
			assertThat(Trees.counts(system, "/p")).isEqualTo("2/2/2/0");
		}
	}

	@ParameterizedTest
	@Conforms("J9")
	@EnumSource(AutoShutdown.class)
	void onlyNeverIsPossibleAsAutoShutdown(AutoShutdown autoShutdown) {
		var builder = PartitionSupervisorSpec
			.builder("p", (number) -> this.probes.agent(Integer.toString(number)).spec())
			.partitions(2)
			.autoShutdown(autoShutdown);

		if (autoShutdown == AutoShutdown.NEVER) {
			assertThat(builder.build().children()).hasSize(2);
		}
		else {
			assertThatExceptionOfType(InvalidSpecificationException.class).isThrownBy(builder::build)
				.withMessageContaining("partition supervisor 'p'")
				.withMessageContaining("autoShutdown: %s is given, only NEVER is possible", autoShutdown);
		}
	}

	@Test
	void wrongSpecificationsAreRefusedTogether() {
		AgentProbe zero = this.probes.agent("0");

		assertThatExceptionOfType(InvalidSpecificationException.class)
			.isThrownBy(() -> PartitionSupervisorSpec
				.builder("p", (number) -> zero.spec((spec) -> spec.restart(Restart.TRANSIENT).significant(true)))
				.partitions(2)
				.build())
			.withMessageContaining("child: partition 0 is significant")
			.withMessageContaining("child: the id '0' is given for partition 1, only '1' is possible");
		assertThatExceptionOfType(InvalidSpecificationException.class)
			.isThrownBy(() -> PartitionSupervisorSpec.builder("p", (number) -> zero.spec()).partitions(0).build())
			.withMessageContaining("partitions: 0 is given, at least 1 is needed");
		assertThatNullPointerException()
			.isThrownBy(() -> PartitionSupervisorSpec.builder("p", (number) -> nothing()).partitions(1).build())
			.withMessage("'child' must not return null, but did for partition 0");
	}

	@Test
	void specificationIsMadeFromAnotherOne() {
		PartitionSupervisorSpec spec = PartitionSupervisorSpec
			.builder("p", (number) -> this.probes.agent(Integer.toString(number)).spec())
			.partitions(2)
			.intensity(Trees.perHour(7))
			.restart(Restart.TRANSIENT)
			.build();

		PartitionSupervisorSpec other = spec.toBuilder().partitions(3).build();

		assertThat(other.id()).isEqualTo("p");
		assertThat(other.children()).extracting((child) -> child.id()).containsExactly("0", "1", "2");
		assertThat(other.intensity()).isEqualTo(Trees.perHour(7));
		assertThat(other.restart()).isEqualTo(Restart.TRANSIENT);
	}

	@Test
	void endOfTheSupervisorIsTheEndOfItsPartitions() {
		try (TestAgentSystem system = start(3)) {
			system.resultOf(system.supervisor("/").terminateChild("p"));

			assertThat(system.system().partitions(PATH).size()).isEqualTo(3);
			assertThat(Trees.problemOf(system, system.system().partitions(PATH).resize(2)))
				.isEqualTo(Problem.NOT_RUNNING);
			assertThat(system.events().at("/p/0").of(AgentEvent.Exited.class)).singleElement()
				.satisfies((exited) -> assertThat(exited.reason()).isEqualTo(ExitReason.shutdown()));
		}
	}

	@SuppressWarnings("NullAway") // what happens when a function breaks the contract
	private static <T> T nothing() {
		return null;
	}

	private TestAgentSystem start(int partitions) {
		return start(partitions, Restart.PERMANENT);
	}

	private TestAgentSystem start(int partitions, Restart restart) {
		PartitionSupervisorSpec spec = PartitionSupervisorSpec
			.builder("p",
					(number) -> this.probes.agent(Integer.toString(number))
						.spec((child) -> child.restart(restart).shutdown(Shutdown.after(Trees.LIMIT))))
			.partitions(partitions)
			.intensity(Trees.perHour(2))
			.build();
		return TestAgentSystem.start(Trees.root(spec, DynamicSupervisorSpec.builder("d").build()), this.probes);
	}

}
