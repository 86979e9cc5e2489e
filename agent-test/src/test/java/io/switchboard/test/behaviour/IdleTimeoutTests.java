package io.switchboard.test.behaviour;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.switchboard.AgentContext;
import io.switchboard.AgentPath;
import io.switchboard.Behaviour;
import io.switchboard.ExitReason;
import io.switchboard.SendResult;
import io.switchboard.event.AgentEvent;
import io.switchboard.mailbox.MailboxSpec;
import io.switchboard.mailbox.OverflowPolicy;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.InvalidSpecificationException;
import io.switchboard.supervision.Restart;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.test.EventRecorder;
import io.switchboard.test.TestAgentSystem;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static io.switchboard.test.AgentAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Agents that end when they have nothing to do, and come back with their next message.
 */
class IdleTimeoutTests {

	private static final Duration IDLE = Duration.ofMinutes(10);

	private static final AgentPath PATH = AgentPath.of("/desk/s1");

	private final List<String> handled = new ArrayList<>();

	private final EventRecorder events = new EventRecorder();

	@Test
	void anIdleAgentLeavesAndComesBackWithItsNextMessage() {
		try (TestAgentSystem system = start(new Echo())) {
			system.agent("/desk/s1").tell("one");
			system.advance(IDLE.minusMillis(1));
			assertThat(system.tree()).hasNode("/desk/s1");

			system.advance(Duration.ofMillis(1));

			assertThat(system.tree()).hasNoNode("/desk/s1");
			assertThat(this.events.of(AgentEvent.Stopped.class)).singleElement().satisfies((stopped) -> {
				assertThat(stopped.path()).isEqualTo(PATH);
				assertThat(stopped.reason()).isEqualTo(ExitReason.normal());
			});
			assertThat(system.resultOf(system.agent("/desk/s1").ask("two", String.class))).isEqualTo("two");
			assertThat(this.handled).containsExactly("one", "two");
		}
	}

	@Test
	void theTimeBeginsAnewWithEachMessage() {
		try (TestAgentSystem system = start(new Echo())) {
			for (int i = 0; i < 5; i++) {
				system.agent("/desk/s1").tell("again");
				system.advance(IDLE.minusSeconds(1));
			}
			assertThat(system.tree()).hasNode("/desk/s1");

			system.advance(Duration.ofSeconds(1));

			assertThat(system.tree()).hasNoNode("/desk/s1");
		}
	}

	@Test
	void workThatTakesLongerIsNotCutOff() {
		try (TestAgentSystem system = start(new Echo())) {
			system.agent("/desk/s1").tell("slow");
			system.advance(IDLE.multipliedBy(3).minusSeconds(1));
			assertThat(system.tree()).hasNode("/desk/s1");
			assertThat(this.handled).isEmpty();

			system.advance(Duration.ofSeconds(1));
			assertThat(this.handled).containsExactly("slow");
			system.advance(IDLE.minusMillis(1));
			assertThat(system.tree()).hasNode("/desk/s1");
			system.advance(Duration.ofMillis(1));

			assertThat(system.tree()).hasNoNode("/desk/s1");
		}
	}

	@Test
	void aSuspendedAgentStays() {
		try (TestAgentSystem system = start(new Echo())) {
			system.agent("/desk/s1").tell("one");
			system.resultOf(system.system().control(PATH).suspend());
			system.advance(IDLE.multipliedBy(3));
			assertThat(system.tree()).hasNode("/desk/s1");

			system.resultOf(system.system().control(PATH).resume());
			system.advance(IDLE);

			assertThat(system.tree()).hasNoNode("/desk/s1");
		}
	}

	@Test
	void lookingAtAnAgentDoesNotKeepIt() {
		try (TestAgentSystem system = start(new Echo())) {
			system.agent("/desk/s1").tell("one");
			for (int i = 0; i < 10; i++) {
				system.advance(IDLE.dividedBy(10));
				system.system().node(PATH);
			}

			assertThat(system.tree()).hasNoNode("/desk/s1");
		}
	}

	@Test
	void whatComesWhileAnAgentEndsIsForTheNextOne() {
		List<String> answers = new ArrayList<>();
		try (TestAgentSystem system = start(new Echo() {

			@Override
			public Mono<Void> onStop(ExitReason reason, AgentContext<Object> context) {
				if (reason.equals(ExitReason.normal())) {
					context.self().tell("told");
					context.self().ask("asked", String.class).subscribe(answers::add);
					context.self().stream("streamed", String.class).subscribe(answers::add);
				}
				return Mono.empty();
			}

		})) {
			system.agent("/desk/s1").tell("one");

			system.advance(IDLE);

			assertThat(this.handled).containsExactly("one", "told", "asked", "streamed");
			assertThat(answers).containsExactly("asked", "streamed");
			assertThat(this.events.of(AgentEvent.DeadLetter.class)).isEmpty();
		}
	}

	@Test
	void whoIsStoppedFromOutsideLeavesNothingToTheNextOne() {
		try (TestAgentSystem system = start(new Echo() {

			@Override
			public Mono<Void> onStop(ExitReason reason, AgentContext<Object> context) {
				context.self().tell("told");
				return Mono.empty();
			}

		})) {
			system.agent("/desk/s1").tell("one");

			system.resultOf(system.system().supervisor(AgentPath.of("/desk")).terminateChild("s1"));

			assertThat(this.handled).containsExactly("one");
			assertThat(this.events.of(AgentEvent.DeadLetter.class)).hasSize(1);
		}
	}

	@Test
	void nothingIsLostOverManyEndsAndBeginnings() {
		int messages = 20_000;
		AtomicInteger taken = new AtomicInteger();
		CountDownLatch all = new CountDownLatch(messages);
		AgentSpec.Builder<Object> counting = AgentSpec.builder("s", Object.class, () -> (message, context) -> {
			taken.incrementAndGet();
			all.countDown();
			return Mono.empty();
		}).mailbox(new MailboxSpec(messages, OverflowPolicy.REJECT));
		try (RealThreads threads = new RealThreads(below(counting, Duration.ofNanos(50_000)))) {
			Flux.range(0, messages)
				.map((i) -> threads.agent("/desk/s" + i % 3).tell(i))
				.doOnNext((result) -> assertThat(result).isEqualTo(SendResult.ACCEPTED))
				.blockLast(Trees.LIMIT);
			RealThreads.await(all);

			assertThat(taken).hasValue(messages);
			assertThat(threads.events.of(AgentEvent.DeadLetter.class)).isEmpty();
			assertThat(threads.events.of(AgentEvent.Stopped.class)).isNotEmpty();
		}
	}

	@Test
	void aPermanentAgentCannotLeave() {
		assertThatExceptionOfType(InvalidSpecificationException.class)
			.isThrownBy(() -> AgentSpec.builder("a", Object.class, Echo::new).idleTimeout(IDLE).build())
			.withMessageContaining("idleTimeout, restart")
			.withMessageContaining("PT10M is given, but a permanent agent that ends is restarted at once");
	}

	private TestAgentSystem start(Behaviour<Object> behaviour) {
		return TestAgentSystem.start(below(AgentSpec.builder("s", Object.class, () -> behaviour), IDLE), this.events);
	}

	private static SupervisorSpec below(AgentSpec.Builder<Object> agent, Duration idle) {
		return Trees.root(DynamicSupervisorSpec.builder("desk")
			.template((key) -> agent.id(key).restart(Restart.TRANSIENT).idleTimeout(idle).build())
			.build());
	}

	private class Echo implements Behaviour<Object> {

		@Override
		public Publisher<?> onMessage(Object message, AgentContext<Object> context) {
			Mono<String> answer = Mono.fromSupplier(() -> {
				IdleTimeoutTests.this.handled.add(message.toString());
				return message.toString();
			});
			return message.equals("slow") ? answer.delaySubscription(IDLE.multipliedBy(3), context.scheduler())
					: answer;
		}

	}

}
