package io.switchboard.test.behaviour;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.switchboard.AgentPath;
import io.switchboard.runtime.MailboxMeter;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.test.ProbeFailure;
import io.switchboard.test.TestAgentSystem;
import io.switchboard.tree.MailboxTotals;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How the messages of agents fare, for those who watch many agents.
 */
class MailboxMeterTests {

	private final Map<String, Measured> measured = new TreeMap<>();

	@Test
	void messagesTheirWaitAndTheTimeInHandAreMeasured() {
		try (TestAgentSystem system = start()) {
			system.agent("/a").tell(slow(Duration.ofSeconds(3)));
			system.agent("/a").tell(slow(Duration.ofSeconds(4)));

			system.advance(Duration.ofSeconds(60));

			Measured a = of("/a");
			assertThat(a.taken).isEqualTo(2);
			assertThat(a.waits).containsExactly(Duration.ZERO, Duration.ofSeconds(3));
			assertThat(a.busy).isEqualTo(Duration.ofSeconds(7));
		}
	}

	@Test
	void whoAlwaysHasSomethingInHandIsSeenMeanwhile() {
		try (TestAgentSystem system = start()) {
			for (int i = 0; i < 3; i++) {
				system.agent("/a").tell(slow(Duration.ofSeconds(10)));
			}

			system.advance(Duration.ofSeconds(15));

			assertThat(of("/a").busy).isEqualTo(Duration.ofSeconds(10));
		}
	}

	@Test
	void timeOfAMessageThatEndsItsLifeIsMeasured() {
		try (TestAgentSystem system = start()) {
			system.agent("/a")
				.tell((Act) (context) -> Mono.delay(Duration.ofSeconds(5), system.scheduler())
					.then(Mono.error(new ProbeFailure("x"))));

			system.advance(Duration.ofSeconds(60));
			system.agent("/a").tell(slow(Duration.ofSeconds(1)));
			system.advance(Duration.ofSeconds(60));

			assertThat(of("/a").taken).isEqualTo(2);
			assertThat(of("/a").busy).isEqualTo(Duration.ofSeconds(6));
		}
	}

	@Test
	void meterIsAskedForOnlyForThoseWhoHaveSomethingToDo() {
		try (TestAgentSystem system = start()) {
			system.agent("/d/one").tell("hello");

			assertThat(this.measured).containsOnlyKeys("/d/one");
		}
	}

	@Test
	void agentWorksWithoutAMeterThatCannotBeMade() {
		try (TestAgentSystem system = TestAgentSystem.builder(Trees.root(Act.agent("a")))
			.settings((builder) -> builder.mailboxMeters((path) -> {
				throw new IllegalStateException("no meter");
			}))
			.start()) {
			assertThat(system.resultOf(system.agent("/a").ask("asked", String.class))).isEqualTo("asked");
		}
	}

	@Test
	void whatWaitsBelowASupervisorIsAddedUp() {
		try (TestAgentSystem system = start()) {
			system.agent("/a").tell((Act) (context) -> Mono.never());
			system.agent("/d/one").tell((Act) (context) -> Mono.never());
			system.agent("/d/one").tell("waits");
			system.advance(Duration.ofSeconds(2));
			system.agent("/d/one").tell("waits");
			system.agent("/d/two").tell((Act) (context) -> Mono.never());
			system.agent("/d/two").tell("waits");
			system.agent("/d/three").tell("is done");
			system.advance(Duration.ofSeconds(3));

			assertThat(totals(system, "/d")).isEqualTo(new MailboxTotals(3, 3, 2, Duration.ofSeconds(5)));
			assertThat(totals(system, "/a")).isEqualTo(new MailboxTotals(1, 0, 0, null));
			assertThat(totals(system, "/")).isEqualTo(new MailboxTotals(4, 3, 2, Duration.ofSeconds(5)));
			assertThat(totals(system, "/nobody")).isEqualTo(new MailboxTotals(0, 0, 0, null));
		}
	}

	private TestAgentSystem start() {
		return TestAgentSystem
			.builder(Trees.root(Act.agent("a"),
					DynamicSupervisorSpec.builder("d").template((key) -> Act.agent(key)).build()))
			.settings((builder) -> builder.mailboxMeters((path) -> of(path.toString())))
			.start();
	}

	private Measured of(String path) {
		return this.measured.computeIfAbsent(path, (key) -> new Measured());
	}

	private static MailboxTotals totals(TestAgentSystem system, String path) {
		return system.system().mailboxes(AgentPath.of(path));
	}

	private static Act slow(Duration duration) {
		return (context) -> Mono.delay(duration, context.scheduler()).then();
	}

	private static final class Measured implements MailboxMeter {

		private int taken;

		private final List<Duration> waits = new ArrayList<>();

		private Duration busy = Duration.ZERO;

		@Override
		public void taken() {
			this.taken++;
		}

		@Override
		public void waited(long nanos) {
			this.waits.add(Duration.ofNanos(nanos));
		}

		@Override
		public void busy(long nanos) {
			this.busy = this.busy.plusNanos(nanos);
		}

	}

}
