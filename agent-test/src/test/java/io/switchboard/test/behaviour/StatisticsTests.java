package io.switchboard.test.behaviour;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

import io.switchboard.AgentPath;
import io.switchboard.AgentRef;
import io.switchboard.Reply;
import io.switchboard.RequestFailedException;
import io.switchboard.runtime.NodeControl;
import io.switchboard.test.ProbeFailure;
import io.switchboard.test.TestAgentSystem;
import io.switchboard.tree.AgentStatistics;
import io.switchboard.tree.NodeInspection;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.subscriber.TestSubscriber;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is counted of an agent.
 */
class StatisticsTests {

	@Test
	void newLifeHasDoneNothing() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(Act.agent("a")))) {
			assertThat(statistics(system)).isEqualTo(new AgentStatistics(Instant.EPOCH, 0, 0, 0, 0, 0, Duration.ZERO));
		}
	}

	@Test
	void eachMessageIsCountedByWhatBecomesOfIt() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(Act.agent("a")))) {
			AgentRef<Object> ref = system.agent("/a");
			ref.tell("told");
			system.resultOf(ref.ask("asked", String.class));
			system.resultOf(ref.stream("streamed", String.class).collectList());
			system.failureOf(ref.ask(refusing(), Object.class));

			AgentStatistics statistics = statistics(system);

			assertThat(statistics.taken()).isEqualTo(4);
			assertThat(statistics.handled()).isEqualTo(4);
			assertThat(statistics.answered()).isEqualTo(2);
			assertThat(statistics.failed()).isEqualTo(1);
		}
	}

	@Test
	void messageInHandIsTakenAndNotHandled() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(Act.agent("a")))) {
			system.agent("/a").tell((Act) (context) -> Mono.never());
			system.agent("/a").tell("waits");

			AgentStatistics statistics = statisticsInAWhile(system);

			assertThat(statistics.taken()).isEqualTo(1);
			assertThat(statistics.handled()).isZero();
		}
	}

	@Test
	void deferredAnswerIsCountedWhenItIsGiven() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(Act.agent("a")))) {
			Reply[] reply = new Reply[1];
			TestSubscriber<String> asker = TestSubscriber.create();
			system.agent("/a").ask((Act) (context) -> {
				reply[0] = context.deferReply();
				return Mono.empty();
			}, String.class).subscribe(asker);
			assertThat(statistics(system).answered()).isZero();

			reply[0].send("later");

			assertThat(asker.getReceivedOnNext()).containsExactly("later");
			assertThat(statistics(system).answered()).isEqualTo(1);
		}
	}

	@Test
	void streamWhoseReceiverLeftIsNotAnswered() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(Act.agent("a")))) {
			system.resultOf(system.agent("/a").stream((Act) (context) -> Flux.just(1, 2, 3), Integer.class).next());

			assertThat(statistics(system).handled()).isEqualTo(1);
			assertThat(statistics(system).answered()).isZero();
		}
	}

	@Test
	void timeIsCountedWhileAMessageIsInHand() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(Act.agent("a")))) {
			system.advance(Duration.ofSeconds(10));
			system.agent("/a").tell(slow(Duration.ofSeconds(3)));

			system.advance(Duration.ofSeconds(2));
			assertThat(statisticsInAWhile(system).busy()).isEqualTo(Duration.ofSeconds(3));
			system.advance(Duration.ofSeconds(60));
			assertThat(statistics(system).busy()).isEqualTo(Duration.ofSeconds(3));

			system.agent("/a").tell(slow(Duration.ofSeconds(4)));
			system.advance(Duration.ofSeconds(60));
			assertThat(statistics(system).busy()).isEqualTo(Duration.ofSeconds(7));
		}
	}

	@Test
	void timeOfASuspensionIsNotCounted() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(Act.agent("a")))) {
			system.agent("/a").tell(slow(Duration.ofSeconds(3)));
			TestSubscriber<Void> suspended = TestSubscriber.create();
			control(system).suspend().subscribe(suspended);
			system.agent("/a").tell("waits");

			system.advance(Duration.ofSeconds(60));

			assertThat(suspended.isTerminatedComplete()).isTrue();
			assertThat(statistics(system).busy()).isEqualTo(Duration.ofSeconds(3));
			assertThat(statistics(system).taken()).isEqualTo(1);
		}
	}

	@Test
	void nextLifeBeginsAtZero() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(Act.agent("a")))) {
			system.agent("/a").tell("one");
			system.advance(Duration.ofSeconds(5));

			system.agent("/a").tell((Act) (context) -> Mono.error(new ProbeFailure("x")));

			assertThat(statistics(system).taken()).isZero();
			assertThat(statistics(system).startedAt()).isEqualTo(Instant.EPOCH.plusSeconds(5));
		}
	}

	@Test
	void whatIsKeptFromALifeIsCountedInIt() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(Act.agent("a")))) {
			Reply[] reply = new Reply[1];
			TestSubscriber<String> asker = TestSubscriber.create();
			system.agent("/a").ask((Act) (context) -> {
				reply[0] = context.deferReply();
				return Mono.empty();
			}, String.class).subscribe(asker);
			system.resultOf(control(system).kill());

			reply[0].send("too late");

			assertThat(statistics(system).staleDropped()).isEqualTo(1);
		}
	}

	private static Act slow(Duration time) {
		return (context) -> Mono.delay(time, context.scheduler());
	}

	private static Act refusing() {
		return (context) -> Mono.error(new RequestFailedException("no"));
	}

	private static NodeControl control(TestAgentSystem system) {
		return system.system().control(AgentPath.of("/a"));
	}

	private static AgentStatistics statistics(TestAgentSystem system) {
		return Objects.requireNonNull(Objects.requireNonNull(system.resultOf(control(system).inspect())).statistics(),
				"an agent has them");
	}

	private static AgentStatistics statisticsInAWhile(TestAgentSystem system) {
		TestSubscriber<NodeInspection> seen = TestSubscriber.create();
		control(system).inspect().subscribe(seen);
		system.advance(Duration.ofSeconds(1));
		return Objects.requireNonNull(seen.getReceivedOnNext().get(0).statistics(), "an agent has them");
	}

}
