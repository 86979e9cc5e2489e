package io.switchboard.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import io.switchboard.AgentContext;
import io.switchboard.AgentExitedException;
import io.switchboard.AgentPath;
import io.switchboard.AgentRef;
import io.switchboard.AskCycleException;
import io.switchboard.Behaviour;
import io.switchboard.ExitReason;
import io.switchboard.Reply;
import io.switchboard.event.AgentEvent;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.BehaviourFactory;
import io.switchboard.supervision.Restart;
import io.switchboard.supervision.SupervisorSpec;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what an {@link AgentContext} offers while a message is handled.
 */
class AgentContextTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final List<AgentEvent> events = new ArrayList<>();

	private final List<String> log = new ArrayList<>();

	@Test
	void onStartedComesBeforeWhatAlreadyWaits() {
		Sinks.Empty<Void> warm = Sinks.empty();
		AgentSystem system = start(agent("a", () -> new Behaviour<>() {

			@Override
			public Mono<Void> onStarted(AgentContext<String> context) {
				return warm.asMono().doOnSuccess((done) -> AgentContextTests.this.log.add("warm"));
			}

			@Override
			public Publisher<?> onMessage(String message, AgentContext<String> context) {
				AgentContextTests.this.log.add(message);
				return Mono.empty();
			}

		}));
		system.agent("/a", String.class).tell("early");
		assertThat(this.log).isEmpty();

		warm.tryEmitEmpty();

		assertThat(this.log).containsExactly("warm", "early");
	}

	@Test
	void askingOneselfFailsAtOnce() {
		AgentSystem system = start(agent("a", () -> (message, context) -> context.self().ask("again", String.class)));

		StepVerifier.create(system.agent("/a", String.class).ask("x", String.class))
			.expectErrorSatisfies((ex) -> assertThat(ex).hasCauseInstanceOf(AskCycleException.class)
				.hasStackTraceContaining("/a asks /a"))
			.verify(LIMIT);
	}

	@Test
	void askingInACircleFailsAtOnce() {
		AgentSystem system = start(agent("a", () -> (message, context) -> ask(context, "/b")),
				agent("b", () -> (message, context) -> ask(context, "/a").onErrorResume(AskCycleException.class,
						(ex) -> Mono.just(String.valueOf(ex.cycle())))));

		StepVerifier.create(system.agent("/a", String.class).ask("x", String.class))
			.expectNext("[/a, /b, /a]")
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void stashedMessagesComeBackInOrderAndAnswer() {
		boolean[] open = new boolean[1];
		AgentSystem system = start(agent("a", () -> (message, context) -> {
			if (message.equals("open")) {
				open[0] = true;
				context.unstashAll();
			}
			else if (!open[0]) {
				context.stash();
			}
			else {
				this.log.add(message);
			}
			return Mono.just("answer to " + message);
		}));
		AgentRef<String> agent = system.agent("/a", String.class);
		List<String> answers = new ArrayList<>();
		agent.ask("one", String.class).subscribe(answers::add);
		agent.ask("two", String.class).subscribe(answers::add);
		assertThat(answers).isEmpty();

		agent.tell("open");

		assertThat(this.log).containsExactly("one", "two");
		assertThat(answers).containsExactly("answer to one", "answer to two");
	}

	@Test
	void theNextIncarnationHandlesWhatWasStashed() {
		AgentSystem system = start(agent("a", () -> (message, context) -> {
			if (message.equals("crash")) {
				throw new IllegalStateException("test");
			}
			if (context.incarnation() == 1) {
				context.stash();
			}
			return Mono.just(message + context.incarnation());
		}));
		AgentRef<String> agent = system.agent("/a", String.class);
		List<String> answers = new ArrayList<>();
		agent.ask("one", String.class).subscribe(answers::add);

		agent.tell("crash");

		assertThat(answers).containsExactly("one2");
	}

	@Test
	void aLimitThatIsNearIsAnEvent() {
		AgentSystem system = start(agent("a", () -> (message, context) -> {
			context.limitNear(message, 0.8);
			return Mono.empty();
		}));

		system.agent("/a", String.class).tell("tokens");

		assertThat(this.events).contains(new AgentEvent.LimitNear(AgentPath.of("/a"), 1, "tokens", 0.8, Instant.EPOCH));
	}

	@Test
	void deferredReplyLetsOtherMessagesPass() {
		AtomicReference<Reply> owed = new AtomicReference<>();
		AgentSystem system = start(agent("a", () -> (message, context) -> {
			if (message.equals("slow")) {
				owed.set(context.deferReply());
				return Mono.just("no answer");
			}
			return Mono.just(message);
		}));
		AgentRef<String> agent = system.agent("/a", String.class);
		List<String> answers = new ArrayList<>();
		agent.ask("slow", String.class).subscribe(answers::add);
		agent.ask("quick", String.class).subscribe(answers::add);

		boolean first = owed.get().send("done");
		boolean second = owed.get().send("again");

		assertThat(answers).containsExactly("quick", "done");
		assertThat(first).isTrue();
		assertThat(second).isFalse();
	}

	@Test
	void deferredReplyDiesWithItsIncarnation() {
		AtomicReference<Reply> owed = new AtomicReference<>();
		AgentSystem system = start(agent("a", () -> (message, context) -> {
			if (message.equals("crash")) {
				throw new IllegalStateException("test");
			}
			owed.set(context.deferReply());
			return Mono.empty();
		}));
		AgentRef<String> agent = system.agent("/a", String.class);
		List<Throwable> failures = new ArrayList<>();
		agent.ask("slow", String.class).subscribe((answer) -> {
		}, failures::add);

		agent.tell("crash");

		assertThat(failures).singleElement().isInstanceOf(AgentExitedException.class);
		assertThat(owed.get().send("late")).isFalse();
		assertThat(this.events).hasAtLeastOneElementOfType(AgentEvent.StaleDropped.class);
	}

	@Test
	void replyAndStopAnswersFirst() {
		AgentSystem system = start(
				AgentSpec.builder("a", String.class, (BehaviourFactory<String>) () -> (message, context) -> {
					context.stop(ExitReason.shutdown("done"));
					return Mono.just("bye");
				}).restart(Restart.TEMPORARY).build());

		StepVerifier.create(system.agent("/a", String.class).ask("x", String.class))
			.expectNext("bye")
			.expectComplete()
			.verify(LIMIT);

		assertThat(this.events).filteredOn(AgentEvent.Exited.class::isInstance)
			.singleElement()
			.extracting((event) -> ((AgentEvent.Exited) event).reason())
			.hasToString("shutdown (done)");
	}

	@Test
	void idleMessageComesWhenNothingElseDoes() {
		AgentSystem system = start(agent("a", () -> (message, context) -> {
			this.log.add(message);
			if (!message.equals("idle")) {
				context.sendWhenIdle(Duration.ofMillis(500), "idle");
			}
			return Mono.empty();
		}));
		AgentRef<String> agent = system.agent("/a", String.class);

		agent.tell("one");
		this.time.advanceTimeBy(Duration.ofMillis(400));
		agent.tell("two");
		this.time.advanceTimeBy(Duration.ofMillis(400));
		system.tree();
		assertThat(this.log).containsExactly("one", "two");
		this.time.advanceTimeBy(Duration.ofMillis(100));

		assertThat(this.log).containsExactly("one", "two", "idle");
	}

	@Test
	void idleMessageWithoutDelayComesBeforeWhatTheAgentSendsItselfAfterwards() {
		AgentSystem system = start(agent("a", () -> (message, context) -> {
			this.log.add(message);
			if (message.equals("one")) {
				context.sendWhenIdle(Duration.ZERO, "idle");
				context.self().tell("two");
			}
			return Mono.empty();
		}));

		system.agent("/a", String.class).tell("one");

		assertThat(this.log).containsExactly("one", "idle", "two");
	}

	@Test
	void remindersDieWithTheirIncarnation() {
		AgentSystem system = start(agent("a", () -> (message, context) -> {
			if (message.equals("crash")) {
				throw new IllegalStateException("test");
			}
			this.log.add(message);
			if (message.equals("start")) {
				context.sendAfter(Duration.ofSeconds(1), "reminder");
			}
			return Mono.empty();
		}));
		AgentRef<String> agent = system.agent("/a", String.class);
		agent.tell("start");
		agent.tell("crash");

		this.time.advanceTimeBy(Duration.ofSeconds(2));

		assertThat(this.log).containsExactly("start");
	}

	private static Mono<String> ask(AgentContext<String> context, String path) {
		return context.<String>agent(AgentPath.of(path)).ask("x", String.class);
	}

	private static AgentSpec<String> agent(String id, BehaviourFactory<String> factory) {
		return AgentSpec.builder(id, String.class, factory).build();
	}

	private AgentSystem start(AgentSpec<?>... agents) {
		AgentSystem system = AgentSystem.builder(SupervisorSpec.builder("root").children(List.of(agents)).build())
			.scheduler(this.time)
			.blockingScheduler(this.time)
			.listener(this.events::add)
			.build();
		StepVerifier.create(system.start()).expectComplete().verify(LIMIT);
		return system;
	}

}
