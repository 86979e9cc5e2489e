package io.switchboard.test.behaviour;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import io.switchboard.AgentPath;
import io.switchboard.ExitReason;
import io.switchboard.event.AgentEvent;
import io.switchboard.report.Content;
import io.switchboard.report.CrashContext;
import io.switchboard.report.CrashReport;
import io.switchboard.report.Failure;
import io.switchboard.report.RestartBudget;
import io.switchboard.report.Sanitizer;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.BudgetScope;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.NodeType;
import io.switchboard.supervision.Restart;
import io.switchboard.supervision.Shutdown;
import io.switchboard.supervision.Strategy;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.test.AgentProbe;
import io.switchboard.test.ProbeCommand;
import io.switchboard.test.ProbeFailure;
import io.switchboard.test.Probes;
import io.switchboard.test.StartAnswer;
import io.switchboard.test.TestAgentSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.subscriber.TestSubscriber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What is written down when something crashes.
 */
class CrashReportTests {

	private final Probes probes = new Probes();

	private final AgentProbe probe = this.probes.agent("a");

	@Test
	@Conforms({ "Q1", "N4" })
	void crashIsReportedWithAllThatIsKnown() {
		SupervisorSpec desk = SupervisorSpec.builder("desk")
			.strategy(Strategy.REST_FOR_ONE)
			.intensity(Trees.perHour(5))
			.restart(Restart.TRANSIENT)
			.child(Act.agent("a", (spec) -> spec.version("7").shutdown(Shutdown.after(Duration.ofSeconds(3)))))
			.build();
		try (TestAgentSystem system = start(Sanitizer.showing(), Trees.root(desk))) {
			system.advance(Duration.ofMinutes(1));
			Sinks.Empty<Void> gate = Sinks.empty();
			system.agent("/desk/a").tell((Act) (context) -> gate.asMono());
			system.agent("/desk/a").tell("one");
			system.agent("/desk/a").tell("two");

			gate.tryEmitError(new IllegalStateException("order lost", new ProbeFailure("disk")));

			CrashReport report = only(system, "/desk/a");
			assertThat(report.path()).hasToString("/desk/a");
			assertThat(report.supervisor()).hasToString("/desk");
			assertThat(report.ancestors()).extracting(AgentPath::toString).containsExactly("/desk", "/");
			assertThat(report.incarnation()).isOne();
			assertThat(report.context()).isEqualTo(CrashContext.CHILD_TERMINATED);
			assertThat(report.reason().kind()).isEqualTo("crash");
			assertThat(report.reason()).hasToString("java.lang.IllegalStateException: order lost");
			assertThat(report.reason().failure()).isNotNull().satisfies((failure) -> {
				assertThat(failure.type()).isEqualTo("java.lang.IllegalStateException");
				assertThat(failure.text()).isEqualTo("order lost");
				assertThat(failure.stackTrace()).extracting(StackTraceElement::getClassName)
					.contains(CrashReportTests.class.getName());
				assertThat(failure.cause()).extracting(Failure::text).isEqualTo("disk");
			});
			assertThat(report.message()).isNotNull()
				.satisfies((message) -> assertThat(message.type()).contains("Lambda"));
			assertThat(report.mailboxSize()).isEqualTo(2);
			assertThat(report.budget()).isEqualTo(new RestartBudget(Strategy.REST_FOR_ONE, 0, 5, Duration.ofHours(1)));
			assertThat(report.offender()).isNotNull().satisfies((offender) -> {
				assertThat(offender.id()).isEqualTo("a");
				assertThat(offender.type()).isEqualTo(NodeType.AGENT);
				assertThat(offender.start()).contains(Act.class.getName());
				assertThat(offender.restart()).isEqualTo(Restart.PERMANENT);
				assertThat(offender.significant()).isFalse();
				assertThat(offender.shutdown()).isEqualTo(Shutdown.after(Duration.ofSeconds(3)));
				assertThat(offender.version()).isEqualTo("7");
				assertThat(offender.intensity()).isNull();
			});
			assertThat(report.traceId()).isNull();
			assertThat(report.at()).isEqualTo(Instant.EPOCH.plus(Duration.ofMinutes(1)));
		}
	}

	@Test
	void messageInHandIsShownAsTheSanitizerSays() {
		try (TestAgentSystem system = start(Sanitizer.showing(), Trees.root(failing()))) {
			system.agent("/a").tell("my card is 4711");

			assertThat(only(system, "/a").message()).isEqualTo(new Content("java.lang.String", "my card is 4711"));
		}
	}

	@Test
	void stackTraceIsReadOnceAndWhenSomebodyLooks() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(Act.agent("a")))) {
			Counted failure = new Counted();
			system.agent("/a").tell(throwing(failure));

			assertThat(failure.read).isZero();
			Failure reported = only(system, "/a").reason().failure();
			assertThat(reported).isNotNull();
			assertThat(reported.stackTrace()).extracting(StackTraceElement::getMethodName)
				.contains("stackTraceIsReadOnceAndWhenSomebodyLooks");
			assertThat(reported.stackTrace()).isNotEmpty();
			assertThat(failure.read).isOne();
		}
	}

	@Test
	void stackTracesAreWrittenOutAfterAMomentThoughNobodyLooks() {
		try (TestAgentSystem system = TestAgentSystem
			.start(Trees.root(Strategy.ONE_FOR_ONE, 9, Act.agent("a"), Act.agent("b")))) {
			Counted cause = new Counted();
			Counted failure = new Counted(cause);
			Counted other = new Counted();
			system.agent("/a").tell(throwing(failure));
			system.agent("/b").tell(throwing(other));

			system.advance(Duration.ofSeconds(1));

			assertThat(List.of(failure.read, cause.read, other.read)).containsOnly(1);
			Counted later = new Counted();
			system.agent("/a").tell(throwing(later));
			system.advance(Duration.ofSeconds(1));
			assertThat(later.read).isOne();
			assertThat(failure.read).isOne();
		}
	}

	@Test
	void exceptionThatCannotTellItsStackTraceIsReportedWithout() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(Act.agent("a")))) {
			system.agent("/a").tell(throwing(new IllegalStateException() {

				@Override
				public StackTraceElement[] getStackTrace() {
					throw new UnsupportedOperationException("broken");
				}

			}));

			assertThat(only(system, "/a").reason().failure()).isNotNull()
				.satisfies((failure) -> assertThat(failure.stackTrace()).isEmpty());
		}
	}

	@Test
	void reminderInHandIsShownAsTheMessageItCarries() {
		try (TestAgentSystem system = start(Sanitizer.showing(), Trees.root(failing()))) {
			system.agent("/a").tell("later");

			system.advance(Duration.ofSeconds(1));

			assertThat(only(system, "/a").message()).isEqualTo(new Content("java.lang.String", "from the timer"));
		}
	}

	@ParameterizedTest
	@MethodSource("cleanEnds")
	@Conforms("N4")
	void cleanEndIsNotReported(ExitReason reason) {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(this.probe.spec()))) {
			system.agent("/a").tell(ProbeCommand.end(reason));

			assertThat(system.events().of(AgentEvent.Exited.class)).hasSize(1);
			assertThat(system.events().of(AgentEvent.CrashReported.class)).isEmpty();
			assertThat(reports(system, "/a")).isEmpty();
		}
	}

	static Stream<ExitReason> cleanEnds() {
		return Stream.of(ExitReason.normal(), ExitReason.shutdown(), ExitReason.shutdown("done"));
	}

	@Test
	void reportIsAnEventRightAfterTheEndItIsAbout() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(this.probe.spec()))) {
			int mark = system.events().mark();

			system.agent("/a").tell(ProbeCommand.fail());

			assertThat(system.events().since(mark).list()).hasExactlyElementsOfTypes(AgentEvent.Exited.class,
					AgentEvent.CrashReported.class, AgentEvent.Restarted.class);
			assertThat(system.events().of(AgentEvent.CrashReported.class)).singleElement().satisfies((event) -> {
				assertThat(event.report()).isEqualTo(only(system, "/a"));
				assertThat(event.path()).hasToString("/a");
				assertThat(event.at()).isEqualTo(event.report().at());
			});
		}
	}

	@Test
	void killIsReportedWithTheMessageInHand() {
		try (TestAgentSystem system = start(Sanitizer.showing(), Trees.root(this.probe.spec()))) {
			system.agent("/a").tell(ProbeCommand.hang());
			system.agent("/a").tell("next");

			system.resultOf(system.system().control(AgentPath.of("/a")).kill());

			CrashReport report = only(system, "/a");
			assertThat(report.context()).isEqualTo(CrashContext.CHILD_TERMINATED);
			assertThat(report.reason()).hasToString("killed");
			assertThat(report.reason().failure()).isNull();
			assertThat(report.message()).isNotNull().extracting(Content::text).isEqualTo("hang");
			assertThat(report.mailboxSize()).isOne();
		}
	}

	@Test
	void crashWhoseCleanupIsCutOffKeepsItsMessage() {
		try (TestAgentSystem system = start(Sanitizer.showing(), Trees.root(this.probe.spec()))) {
			system.agent("/a").tell(ProbeCommand.refuseToStop());
			system.agent("/a").tell(ProbeCommand.fail(new ProbeFailure("x")));

			system.advance(Duration.ofSeconds(5));

			CrashReport report = only(system, "/a");
			assertThat(report.reason().kind()).isEqualTo("crash");
			assertThat(report.message()).isNotNull().extracting(Content::text).isEqualTo("fail");
		}
	}

	@Test
	void messageThatWasPutAsideIsNotInHand() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(Act.agent("a")))) {
			system.agent("/a").tell((Act) (context) -> {
				if (context.incarnation() == 1) {
					context.stash();
					throw new ProbeFailure("x");
				}
				return Mono.empty();
			});

			assertThat(only(system, "/a").message()).isNull();
		}
	}

	@Test
	@Conforms("Q2")
	void startThatFailsIsReported() {
		this.probe.onStart(1, StartAnswer.ERROR);
		try (TestAgentSystem system = TestAgentSystem.builder(Trees.root(this.probe.spec())).build()) {
			system.failureOf(system.system().start());

			CrashReport report = only(system, "/a");
			assertThat(report.context()).isEqualTo(CrashContext.START_ERROR);
			assertThat(report.reason()).hasToString(ProbeFailure.class.getName());
			assertThat(report.message()).isNull();
			assertThat(only(system, "/")).satisfies((root) -> {
				assertThat(root.context()).isEqualTo(CrashContext.START_ERROR);
				assertThat(root.supervisor()).isNull();
				assertThat(root.ancestors()).isEmpty();
				assertThat(root.budget()).isNull();
			});
		}
	}

	@Test
	@Conforms("Q2")
	void eachFailedRestartIsReportedAndSoIsTheSpentBudget() {
		this.probe.fromStart(2, StartAnswer.ERROR);
		SupervisorSpec desk = SupervisorSpec.builder("desk")
			.intensity(Trees.perHour(2))
			.child(this.probe.spec())
			.build();
		try (TestAgentSystem system = start(Sanitizer.showing(), Trees.root(Strategy.ONE_FOR_ONE, 0, desk))) {
			system.agent("/desk/a").tell(ProbeCommand.fail());

			List<CrashReport> written = system.events()
				.of(AgentEvent.CrashReported.class)
				.stream()
				.map(AgentEvent.CrashReported::report)
				.filter((report) -> report.path().equals(AgentPath.of("/desk/a")))
				.toList();
			assertThat(written).extracting(CrashReport::context)
				.containsExactly(CrashContext.CHILD_TERMINATED, CrashContext.START_ERROR, CrashContext.START_ERROR,
						CrashContext.SHUTDOWN);
			assertThat(written).extracting((report) -> report.budget().restarts()).containsExactly(0, 1, 2, 2);
			assertThat(written.get(3).reason().kind()).isEqualTo("shutdown");
			assertThat(written.get(3).reason().text()).contains("more than 2 restarts within PT1H");
			assertThat(written.get(3).offender().id()).isEqualTo("a");
		}
	}

	@Test
	void budgetThatIsSpentIsReportedWithTheSupervisorToo() {
		SupervisorSpec desk = SupervisorSpec.builder("desk")
			.intensity(Trees.perHour(0))
			.child(this.probe.spec())
			.build();
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(desk))) {
			system.agent("/desk/a").tell(ProbeCommand.fail());

			assertThat(only(system, "/desk").context()).isEqualTo(CrashContext.SHUTDOWN);
			assertThat(only(system, "/desk").path()).hasToString("/desk/a");
		}
	}

	@Test
	@Conforms("Q2")
	void childThatEndsBadlyWhileItIsStoppedIsReported() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(this.probe.spec()))) {
			system.agent("/a").tell(ProbeCommand.failOnStop(new ProbeFailure("cleanup")));

			system.resultOf(system.supervisor("/").terminateChild("a"));

			assertThat(only(system, "/a").context()).isEqualTo(CrashContext.SHUTDOWN_ERROR);
			assertThat(only(system, "/a").reason()).hasToString(ProbeFailure.class.getName());
		}
	}

	@Test
	void childThatIsKilledBecauseItsTimeIsOverIsReported() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(this.probe.spec()))) {
			system.agent("/a").tell(ProbeCommand.refuseToStop());
			TestSubscriber<Void> stopped = TestSubscriber.create();
			system.supervisor("/").terminateChild("a").subscribe(stopped);

			system.advance(Duration.ofSeconds(5));

			assertThat(stopped.isTerminatedComplete()).isTrue();
			assertThat(only(system, "/a").context()).isEqualTo(CrashContext.SHUTDOWN_ERROR);
			assertThat(only(system, "/a").reason()).hasToString("killed");
		}
	}

	@Test
	void stopAsSpecifiedIsNotReported() {
		AgentProbe brutal = this.probes.agent("b");
		try (TestAgentSystem system = TestAgentSystem
			.start(Trees.root(this.probe.spec(), brutal.spec((spec) -> spec.shutdown(Shutdown.brutalKill()))))) {
			system.resultOf(system.supervisor("/").terminateChild("a"));
			system.resultOf(system.supervisor("/").terminateChild("b"));

			assertThat(system.events().of(AgentEvent.Exited.class)).hasSize(2);
			assertThat(system.events().of(AgentEvent.CrashReported.class)).isEmpty();
		}
	}

	@Test
	void childrenThatGoDownWithAKilledSupervisorAreNotReported() {
		SupervisorSpec desk = SupervisorSpec.builder("desk").child(this.probe.spec()).build();
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(desk))) {
			system.resultOf(system.system().control(AgentPath.of("/desk")).kill());

			assertThat(system.events().of(AgentEvent.CrashReported.class)).singleElement()
				.satisfies((event) -> assertThat(event.path()).hasToString("/desk"));
			assertThat(only(system, "/desk").context()).isEqualTo(CrashContext.CHILD_TERMINATED);
			assertThat(only(system, "/desk").offender().intensity()).isNotNull();
		}
	}

	@Test
	void latestReportsAreKeptNewestFirst() {
		try (TestAgentSystem system = TestAgentSystem.builder(Trees.root(Strategy.ONE_FOR_ONE, 9, this.probe.spec()))
			.settings((settings) -> settings.crashReportsPerNode(3))
			.start()) {
			for (int i = 0; i < 5; i++) {
				system.agent("/a").tell(ProbeCommand.fail());
			}

			assertThat(reports(system, "/a")).extracting(CrashReport::incarnation).containsExactly(5L, 4L, 3L);
		}
	}

	@Test
	void reportsOutliveARestartOfTheSupervisor() {
		SupervisorSpec desk = SupervisorSpec.builder("desk").child(this.probe.spec()).build();
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(desk))) {
			system.agent("/desk/a").tell(ProbeCommand.fail());

			system.resultOf(system.system().control(AgentPath.of("/desk")).kill());

			assertThat(reports(system, "/desk/a")).extracting(CrashReport::incarnation).containsExactly(1L);
			assertThat(system.events().of(AgentEvent.Restarted.class)).hasSize(3);
		}
	}

	@Test
	void noneAreKeptWhereNoneAreWanted() {
		try (TestAgentSystem system = TestAgentSystem.builder(Trees.root(this.probe.spec()))
			.settings((settings) -> settings.crashReportsPerNode(0))
			.start()) {
			system.agent("/a").tell(ProbeCommand.fail());

			assertThat(system.events().of(AgentEvent.CrashReported.class)).hasSize(1);
			assertThat(reports(system, "/a")).isEmpty();
		}
	}

	@Test
	void reportsOnAChildThatIsGoneAreKeptByItsSupervisor() {
		DynamicSupervisorSpec desk = DynamicSupervisorSpec.builder("desk").build();
		try (TestAgentSystem system = TestAgentSystem.builder(Trees.root(desk))
			.settings((settings) -> settings.crashReportsPerNode(2))
			.start()) {
			for (String name : List.of("x", "y", "z")) {
				AgentProbe gone = this.probes.agent(name);
				system.resultOf(
						system.supervisor("/desk").startChild(gone.spec((spec) -> spec.restart(Restart.TEMPORARY))));
				system.agent("/desk/" + name).tell(ProbeCommand.fail());
			}

			assertThat(system.tree().find(AgentPath.of("/desk/z"))).isNull();
			assertThat(reports(system, "/desk")).extracting((report) -> report.path().name()).containsExactly("z", "y");
			assertThat(only(system, "/desk/y").path()).hasToString("/desk/y");
			assertThat(reports(system, "/desk/x")).isEmpty();
		}
	}

	@Test
	void templateThatFailsIsReported() {
		DynamicSupervisorSpec desk = DynamicSupervisorSpec.builder("desk").template((name) -> {
			throw new ProbeFailure("no agent for " + name);
		}).build();
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(desk))) {
			system.agent("/desk/x").tell("hello");

			assertThat(only(system, "/desk/x").context()).isEqualTo(CrashContext.START_ERROR);
			assertThat(only(system, "/desk/x").offender()).isNull();
		}
	}

	@Test
	void budgetOfOneChildIsReportedAsItsOwn() {
		DynamicSupervisorSpec desk = DynamicSupervisorSpec.builder("desk")
			.budgetScope(BudgetScope.CHILD)
			.intensity(Trees.perHour(5))
			.template((name) -> Act.agent(name))
			.build();
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(desk))) {
			Act failing = (context) -> Mono.error(new ProbeFailure("x"));
			system.agent("/desk/x").tell(failing);
			system.agent("/desk/x").tell(failing);
			system.agent("/desk/y").tell(failing);

			assertThat(reports(system, "/desk/x")).extracting((report) -> report.budget().restarts())
				.containsExactly(1, 0);
			assertThat(only(system, "/desk/y").budget().restarts()).isZero();
		}
	}

	@Test
	void traceOfTheMessageInHandIsNamed() {
		try (TestAgentSystem system = TestAgentSystem.builder(Trees.root(this.probe.spec()))
			.settings((settings) -> settings.traceId((context) -> context.getOrDefault("trace", null)))
			.start()) {
			system.failureOf(system.agent("/a")
				.ask(ProbeCommand.fail(), Object.class)
				.contextWrite((context) -> context.put("trace", "4bf92f35")));

			assertThat(only(system, "/a").traceId()).isEqualTo("4bf92f35");
		}
	}

	@Test
	void failureToFindTheTraceHarmsNobody() {
		try (TestAgentSystem system = TestAgentSystem.builder(Trees.root(this.probe.spec()))
			.settings((settings) -> settings.traceId((context) -> {
				throw new ProbeFailure("no tracer");
			}))
			.start()) {
			system.failureOf(system.agent("/a").ask(ProbeCommand.fail(), Object.class));

			assertThat(only(system, "/a").traceId()).isNull();
			assertThat(system.resultOf(system.agent("/a").ask("next", String.class))).isEqualTo("next");
		}
	}

	@Test
	void nobodyHasNoReports() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(this.probe.spec()))) {
			assertThat(reports(system, "/a")).isEmpty();
			assertThat(reports(system, "/never/was")).isEmpty();
			assertThat(reports(system, "/")).isEmpty();
		}
	}

	@Test
	void numberToKeepCannotBeNegative() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> TestAgentSystem.builder(Trees.root(this.probe.spec()))
				.settings((settings) -> settings.crashReportsPerNode(-1))
				.build())
			.withMessageContaining("-1");
	}

	private static TestAgentSystem start(Sanitizer sanitizer, SupervisorSpec root) {
		return TestAgentSystem.builder(root).settings((settings) -> settings.sanitizer(sanitizer)).start();
	}

	private static Act throwing(RuntimeException failure) {
		return (context) -> {
			throw failure;
		};
	}

	private static AgentSpec<String> failing() {
		return AgentSpec.builder("a", String.class, () -> (message, context) -> {
			if (message.equals("later")) {
				context.sendAfter(Duration.ofSeconds(1), "from the timer");
				return Mono.empty();
			}
			return Mono.error(new ProbeFailure("x"));
		}).build();
	}

	private static List<CrashReport> reports(TestAgentSystem system, String path) {
		return system.system().crashReports(AgentPath.of(path));
	}

	private static CrashReport only(TestAgentSystem system, String path) {
		List<CrashReport> reports = reports(system, path);
		assertThat(reports).as("reports of %s", path).hasSize(1);
		return reports.get(0);
	}

	/**
	 * Counts how often its stack trace is read.
	 */
	private static final class Counted extends RuntimeException {

		private static final long serialVersionUID = 1L;

		private int read;

		Counted(Throwable... cause) {
			super((cause.length > 0) ? cause[0] : null);
		}

		@Override
		public StackTraceElement[] getStackTrace() {
			this.read++;
			return super.getStackTrace();
		}

	}

}
