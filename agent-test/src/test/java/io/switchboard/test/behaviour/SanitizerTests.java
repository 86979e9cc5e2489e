package io.switchboard.test.behaviour;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

import io.switchboard.AgentContext;
import io.switchboard.AgentPath;
import io.switchboard.ExitReason;
import io.switchboard.event.AgentEvent;
import io.switchboard.report.Content;
import io.switchboard.report.CrashReason;
import io.switchboard.report.CrashReport;
import io.switchboard.report.Sanitizer;
import io.switchboard.runtime.ChildOperationException;
import io.switchboard.runtime.NodeControl;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.test.ProbeFailure;
import io.switchboard.test.TestAgentSystem;
import io.switchboard.tree.NodeInspection;
import io.switchboard.tree.NodeStatus;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.subscriber.TestSubscriber;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What operators see of messages, states and failures.
 */
class SanitizerTests {

	private static final String SECRET = "card 4711";

	@Test
	@Conforms("N20")
	void contentIsHiddenUnlessSomebodySaysOtherwise() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(Ledger.agent("a")))) {
			system.agent("/a").tell(SECRET);
			NodeInspection inspection = inspect(system);
			crash(system);

			assertThat(inspection.state()).isEqualTo(new Content("java.lang.String", null));
			assertThat(inspection).asString().doesNotContain("4711");
			CrashReport report = report(system);
			assertThat(report).asString().doesNotContain("4711");
			assertThat(report.reason()).hasToString("java.lang.IllegalStateException");
			assertThat(report.reason().failure().toThrowable()).hasStackTraceContaining(SanitizerTests.class.getName())
				.hasMessage("java.lang.IllegalStateException")
				.satisfies((shown) -> assertThat(stackTrace(shown)).doesNotContain("4711"));
			assertThat(system.events().of(AgentEvent.CrashReported.class)).asString().doesNotContain("4711");
		}
	}

	@Test
	@Conforms("N20")
	void reportsAndInspectionsShowTheRewrittenForm() {
		Sanitizer masking = Sanitizer.rewriting((text) -> text.replace("4711", "****"));
		try (TestAgentSystem system = start(masking, Trees.root(Ledger.agent("a")))) {
			system.agent("/a").tell(SECRET);
			assertThat(inspect(system).state()).isEqualTo(new Content("java.lang.String", "card ****"));

			crash(system);

			CrashReport report = report(system);
			assertThat(report.message()).isNotNull().extracting(Content::text).isEqualTo("crash with card ****");
			assertThat(report.reason()).hasToString("java.lang.IllegalStateException: bad card ****");
			assertThat(report.reason().failure().cause().text()).isEqualTo("cause card ****");
			assertThat(report).asString().doesNotContain("4711");
		}
	}

	@Test
	@Conforms("N20")
	void sanitizerThatFailsShowsAPlaceholder() {
		Sanitizer failing = Sanitizer.rewriting((text) -> {
			throw new IllegalArgumentException("cannot sanitise " + text);
		});
		try (TestAgentSystem system = start(failing, Trees.root(Ledger.agent("a")))) {
			system.agent("/a").tell(SECRET);
			assertThat(inspect(system).state()).isEqualTo(new Content("java.lang.String", Sanitizer.PLACEHOLDER));

			crash(system);

			CrashReport report = report(system);
			assertThat(report.message().text()).isEqualTo(Sanitizer.PLACEHOLDER);
			assertThat(report.reason()).hasToString("java.lang.IllegalStateException: " + Sanitizer.PLACEHOLDER);
			assertThat(report).asString().doesNotContain("4711");
		}
	}

	@Test
	@Conforms("N20")
	void messageWhoseTextCannotBeMadeShowsAPlaceholder() {
		Act unspeakable = new Act() {

			@Override
			public Mono<Object> perform(AgentContext<Object> context) {
				return Mono.error(new ProbeFailure("x"));
			}

			@Override
			@SuppressWarnings("InfiniteRecursion")
			public String toString() {
				return toString() + ".";
			}

		};
		try (TestAgentSystem system = start(Sanitizer.showing(), Trees.root(Ledger.agent("a")))) {
			system.agent("/a").tell(unspeakable);

			assertThat(report(system).message().text()).isEqualTo(Sanitizer.PLACEHOLDER);
			assertThat(Trees.status(system, "/a")).isEqualTo(NodeStatus.RUNNING);
		}
	}

	@Test
	void longTextIsCut() {
		try (TestAgentSystem system = start(Sanitizer.showing(), Trees.root(Ledger.agent("a")))) {
			system.agent("/a").tell("x".repeat(100_000));

			assertThat(inspect(system).state().text()).hasSizeLessThan(2_100).endsWith("...");
		}
	}

	@Test
	void listenersSeeTheExceptionItself() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(Ledger.agent("a")))) {
			crash(system);

			assertThat(system.events().of(AgentEvent.Exited.class)).singleElement()
				.extracting((exited) -> exited.reason().cause().getMessage())
				.isEqualTo("bad " + SECRET);
		}
	}

	@Test
	void detailOfAStopIsContent() {
		AgentPath path = AgentPath.of("/a");
		ExitReason reason = ExitReason.shutdown(SECRET);

		assertThat(CrashReason.of(path, reason, Sanitizer.hiding())).hasToString("shutdown");
		assertThat(CrashReason.of(path, reason, Sanitizer.showing())).hasToString("shutdown (card 4711)");
	}

	@Test
	@Conforms("N15")
	void inspectionWorksWhileSuspended() {
		try (TestAgentSystem system = start(Sanitizer.showing(), Trees.root(Ledger.agent("a")))) {
			system.agent("/a").tell("x");
			system.resultOf(control(system).suspend());
			system.agent("/a").tell("y");

			NodeInspection inspection = inspect(system);

			assertThat(inspection.state()).isNotNull().extracting(Content::text).isEqualTo("x");
			assertThat(inspection.node().status()).isEqualTo(NodeStatus.SUSPENDED);
			assertThat(inspection.handling()).isNull();
		}
	}

	@Test
	void inspectionOfABusyAgentComesWithoutItsState() {
		try (TestAgentSystem system = start(Sanitizer.showing(), Trees.root(Ledger.agent("a")))) {
			system.agent("/a").tell((Act) (context) -> Mono.never());
			TestSubscriber<NodeInspection> seen = TestSubscriber.create();
			control(system).inspect().subscribe(seen);
			assertThat(seen.isTerminated()).isFalse();

			system.advance(Duration.ofSeconds(1));

			assertThat(seen.getReceivedOnNext()).singleElement().satisfies((inspection) -> {
				assertThat(inspection.state()).isNull();
				assertThat(inspection.handling()).contains("Lambda");
				assertThat(inspection.statistics().taken()).isEqualTo(1);
			});
		}
	}

	@Test
	void inspectionWaitsAMomentForTheMessageInHand() {
		try (TestAgentSystem system = start(Sanitizer.showing(), Trees.root(Ledger.agent("a")))) {
			system.agent("/a").tell((Act) (context) -> Mono.delay(Duration.ofMillis(900), context.scheduler()));
			TestSubscriber<NodeInspection> seen = TestSubscriber.create();
			control(system).inspect().subscribe(seen);

			system.advance(Duration.ofMillis(900));

			assertThat(seen.getReceivedOnNext()).singleElement()
				.satisfies((inspection) -> assertThat(inspection.state()).isNotNull());
		}
	}

	@Test
	@Conforms("N13")
	void inspectionDoesNotDisturbAnIdleTimeout() {
		try (TestAgentSystem system = start(Sanitizer.showing(), Trees.root(Ledger.agent("a")))) {
			system.agent("/a").tell((Act) (context) -> {
				context.sendWhenIdle(Duration.ofSeconds(10), "idle");
				return Mono.empty();
			});
			system.advance(Duration.ofSeconds(6));
			assertThat(inspect(system).state().text()).isEqualTo("nothing");

			system.advance(Duration.ofSeconds(4));

			assertThat(inspect(system).state().text()).isEqualTo("idle");
		}
	}

	@Test
	@Conforms("N15")
	void stateThatCannotBeReadFailsTheInspectionAlone() {
		try (TestAgentSystem system = start(Sanitizer.showing(), Trees.root(Ledger.agent("a")))) {
			system.agent("/a").tell(new ProbeFailure("unreadable"));

			assertThat(system.failureOf(control(system).inspect())).hasMessage("unreadable");
			assertThat(Trees.status(system, "/a")).isEqualTo(NodeStatus.RUNNING);
		}
	}

	@Test
	void agentThatShowsNoStateAndSupervisorsAreInspectedToo() {
		SupervisorSpec desk = SupervisorSpec.builder("desk").child(Act.agent("a")).build();
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(desk))) {
			NodeInspection agent = system.resultOf(system.system().control(AgentPath.of("/desk/a")).inspect());
			NodeInspection supervisor = system.resultOf(system.system().control(AgentPath.of("/desk")).inspect());

			assertThat(agent.state()).isNull();
			assertThat(agent.statistics()).isNotNull();
			assertThat(supervisor.statistics()).isNull();
			assertThat(supervisor.node()).isEqualTo(system.tree().find(AgentPath.of("/desk")));
			assertThat(system.failureOf(system.system().control(AgentPath.of("/nobody")).inspect()))
				.isInstanceOf(ChildOperationException.class);
		}
	}

	private static TestAgentSystem start(Sanitizer sanitizer, SupervisorSpec root) {
		return TestAgentSystem.builder(root).settings((settings) -> settings.sanitizer(sanitizer)).start();
	}

	private static void crash(TestAgentSystem system) {
		system.agent("/a").tell(new Act() {

			@Override
			public Mono<Object> perform(AgentContext<Object> context) {
				throw new IllegalStateException("bad " + SECRET, new ProbeFailure("cause " + SECRET));
			}

			@Override
			public String toString() {
				return "crash with " + SECRET;
			}

		});
	}

	private static String stackTrace(Throwable shown) {
		StringWriter text = new StringWriter();
		shown.printStackTrace(new PrintWriter(text));
		return text.toString();
	}

	private static CrashReport report(TestAgentSystem system) {
		List<CrashReport> reports = system.system().crashReports(AgentPath.of("/a"));
		assertThat(reports).hasSize(1);
		return reports.get(0);
	}

	private static NodeControl control(TestAgentSystem system) {
		return system.system().control(AgentPath.of("/a"));
	}

	private static NodeInspection inspect(TestAgentSystem system) {
		return Objects.requireNonNull(system.resultOf(control(system).inspect()));
	}

}
