package io.switchboard.test.behaviour;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import io.switchboard.AgentContext;
import io.switchboard.AgentPath;
import io.switchboard.RequestFailedException;
import io.switchboard.runtime.ChildOperationException;
import io.switchboard.runtime.NodeControl;
import io.switchboard.test.ProbeFailure;
import io.switchboard.test.TestAgentSystem;
import io.switchboard.tree.TraceEntry;
import io.switchboard.tree.TraceKind;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

/**
 * How it is written down what an agent does.
 */
class TraceTests {

	@Test
	void nothingIsTracedUnlessSomebodyWantsIt() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(Act.agent("a")))) {
			system.agent("/a").tell("x");

			assertThat(traced(system)).isEmpty();
		}
	}

	@Test
	void askIsWrittenFromItsArrivalToItsEnd() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(Act.agent("a"), Act.agent("b")))) {
			system.resultOf(control(system).trace(10));
			system.advance(Duration.ofSeconds(5));

			system.agent("/b")
				.tell((Act) (context) -> context.agent(AgentPath.of("/a"))
					.ask((Act) (inner) -> Mono.delay(Duration.ofSeconds(2), inner.scheduler()), Long.class));
			system.advance(Duration.ofSeconds(2));

			AgentPath b = AgentPath.of("/b");
			Instant end = Instant.EPOCH.plusSeconds(7);
			assertThat(traced(system)).extracting(TraceEntry::kind, TraceEntry::peer, TraceEntry::at, TraceEntry::took)
				.containsExactly(tuple(TraceKind.MESSAGE, b, end.minusSeconds(2), null),
						tuple(TraceKind.ANSWERED, b, end, null),
						tuple(TraceKind.HANDLED, b, end, Duration.ofSeconds(2)));
			assertThat(traced(system)).extracting(TraceEntry::incarnation).containsOnly(1L);
		}
	}

	@Test
	void tellOfTheApplicationHasNoPeer() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(Act.agent("a")))) {
			system.resultOf(control(system).trace(10));

			system.agent("/a").tell("x");

			assertThat(traced(system)).extracting(TraceEntry::kind)
				.containsExactly(TraceKind.MESSAGE, TraceKind.HANDLED);
			assertThat(traced(system)).extracting(TraceEntry::peer).containsOnlyNulls();
			assertThat(traced(system)).extracting(TraceEntry::type).containsOnly("java.lang.String");
		}
	}

	@Test
	void messageToOneselfIsATimer() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(Act.agent("a")))) {
			system.agent("/a").tell((Act) (context) -> {
				context.sendAfter(Duration.ofSeconds(1), "tick");
				return Mono.empty();
			});
			system.resultOf(control(system).trace(10));

			system.advance(Duration.ofSeconds(1));

			assertThat(traced(system)).extracting(TraceEntry::kind).containsExactly(TraceKind.TIMER, TraceKind.HANDLED);
		}
	}

	@Test
	void failureThatTheAgentSurvivesIsNoAnswer() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(Act.agent("a")))) {
			system.resultOf(control(system).trace(10));

			system.failureOf(system.agent("/a")
				.ask((Act) (context) -> Mono.error(new RequestFailedException("no")), Object.class));

			assertThat(traced(system)).extracting(TraceEntry::kind)
				.containsExactly(TraceKind.MESSAGE, TraceKind.FAILED, TraceKind.HANDLED);
		}
	}

	@Test
	void traceGoesOnOverARestart() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(Act.agent("a")))) {
			system.resultOf(control(system).trace(10));

			system.agent("/a").tell((Act) (context) -> Mono.error(new ProbeFailure("x")));
			system.agent("/a").tell("next");

			assertThat(traced(system)).extracting(TraceEntry::kind, TraceEntry::incarnation)
				.containsExactly(tuple(TraceKind.MESSAGE, 1L), tuple(TraceKind.CRASHED, 1L), tuple(TraceKind.ENDED, 1L),
						tuple(TraceKind.STARTED, 2L), tuple(TraceKind.MESSAGE, 2L), tuple(TraceKind.HANDLED, 2L));
		}
	}

	@Test
	void onlyTheLatestEntriesAreKept() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(Act.agent("a")))) {
			system.resultOf(control(system).trace(3));

			for (int i = 0; i < 10; i++) {
				system.agent("/a").tell("x");
			}

			assertThat(traced(system)).extracting(TraceEntry::kind)
				.containsExactly(TraceKind.HANDLED, TraceKind.MESSAGE, TraceKind.HANDLED);
		}
	}

	@Test
	void traceThatWasEndedIsForgotten() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(Act.agent("a")))) {
			system.resultOf(control(system).trace(3));
			system.agent("/a").tell("x");

			system.resultOf(control(system).stopTrace());
			system.agent("/a").tell("y");

			assertThat(traced(system)).isEmpty();
		}
	}

	@Test
	void traceIsReadWhileAMessageIsInHand() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(Act.agent("a")))) {
			system.resultOf(control(system).trace(3));

			system.agent("/a").tell((Act) (context) -> Mono.never());

			assertThat(traced(system)).extracting(TraceEntry::kind).containsExactly(TraceKind.MESSAGE);
		}
	}

	@Test
	void lateReplyOfAnEarlierLifeIsStale() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(Act.agent("a")))) {
			AgentContext<?>[] old = new AgentContext<?>[1];
			system.agent("/a").tell((Act) (context) -> {
				old[0] = context;
				return Mono.empty();
			});
			system.resultOf(control(system).kill());
			system.resultOf(control(system).trace(3));

			old[0].unstashAll();

			assertThat(traced(system)).singleElement().satisfies((entry) -> {
				assertThat(entry.kind()).isEqualTo(TraceKind.STALE);
				assertThat(entry.type()).isEqualTo("unstash");
				assertThat(entry.incarnation()).isEqualTo(2);
			});
		}
	}

	@Test
	void impossibleTracesAreRefused() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(Act.agent("a")))) {
			assertThatIllegalArgumentException().isThrownBy(() -> control(system).trace(0))
				.withMessageContaining("from 1 to 10000");
			assertThatIllegalArgumentException().isThrownBy(() -> control(system).trace(10_001));
			assertThat(system.failureOf(system.system().control(AgentPath.ROOT).trace(1)))
				.hasMessageContaining("'/' is a supervisor");
			assertThat(system.failureOf(system.system().control(AgentPath.of("/nobody")).trace(1)))
				.isInstanceOf(ChildOperationException.class);
		}
	}

	private static NodeControl control(TestAgentSystem system) {
		return system.system().control(AgentPath.of("/a"));
	}

	private static List<TraceEntry> traced(TestAgentSystem system) {
		return Objects.requireNonNull(system.resultOf(control(system).traced()));
	}

}
