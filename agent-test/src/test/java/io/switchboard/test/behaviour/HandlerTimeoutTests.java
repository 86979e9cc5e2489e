package io.switchboard.test.behaviour;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

import io.switchboard.AgentContext;
import io.switchboard.AgentExitedException;
import io.switchboard.AgentPath;
import io.switchboard.Behaviour;
import io.switchboard.ExitReason;
import io.switchboard.HandlerTimeoutException;
import io.switchboard.MessageRejectedException;
import io.switchboard.Reply;
import io.switchboard.SendResult;
import io.switchboard.blocking.OnPurpose;
import io.switchboard.event.AgentEvent;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.test.Blockade;
import io.switchboard.test.TestAgentSystem;
import io.switchboard.tree.NodeStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.publisher.Sinks;
import reactor.test.subscriber.TestSubscriber;

import static io.switchboard.test.AgentAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Handlers that take longer than their agent's specification allows.
 */
class HandlerTimeoutTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final List<String> log = new ArrayList<>();

	private final Act hanging = (context) -> Mono.never().doOnCancel(() -> this.log.add("cancelled"));

	private final CountDownLatch abandoned = new CountDownLatch(1);

	private final CountDownLatch returned = new CountDownLatch(1);

	private final CountDownLatch restarted = new CountDownLatch(1);

	@Test
	void handlerThatDoesNotEndCrashesItsAgentAndNamesWhatItHadInHand() {
		try (TestAgentSystem system = start(agent())) {
			TestSubscriber<String> asker = TestSubscriber.create();
			system.agent("/a").ask(this.hanging, String.class).subscribe(asker);

			system.advance(TIMEOUT.minusMillis(1));
			assertThat(asker.isTerminated()).isFalse();
			system.advance(Duration.ofMillis(1));

			assertThat(asker.expectTerminalError()).isInstanceOfSatisfying(AgentExitedException.class,
					(ex) -> assertThat(ex.reason().cause()).isInstanceOfSatisfying(HandlerTimeoutException.class,
							(cause) -> {
								assertThat(cause.path()).hasToString("/a");
								assertThat(cause.messageType()).isEqualTo(this.hanging.getClass());
								assertThat(cause.limit()).isEqualTo(TIMEOUT);
								assertThat(cause.elapsed()).isEqualTo(TIMEOUT);
								assertThat(cause).hasMessageContaining("'/a'")
									.hasMessageContaining("handler time-out is PT10S");
							}));
			assertThat(this.log).containsExactly("cancelled");
			assertThat(system.tree()).hasNode("/a").withStatus(NodeStatus.RUNNING).withIncarnation(2).withRestarts(1);
			assertThat(system.tree()).hasNode("/").withRestartsInWindow(1);
			assertThat(system.system().crashReports(AgentPath.of("/a"))).singleElement().satisfies((report) -> {
				assertThat(report.reason().kind()).isEqualTo("crash");
				assertThat(report.message()).isNotNull();
			});
		}
	}

	@Test
	void cleanupOfAnAgentThatTookTooLongRunsAsAfterAnyCrash() {
		AgentSpec<Object> spec = AgentSpec.builder("a", Object.class, () -> new Behaviour<>() {

			@Override
			public Mono<Void> onMessage(Object message, AgentContext<Object> context) {
				return Mono.never();
			}

			@Override
			public Mono<Void> onStop(ExitReason reason, AgentContext<Object> context) {
				HandlerTimeoutTests.this.log.add(reason.kind());
				return Mono.empty();
			}

		}).handlerTimeout(TIMEOUT).build();
		try (TestAgentSystem system = start(spec)) {
			system.agent("/a").tell("x");

			system.advance(TIMEOUT);

			assertThat(this.log).containsExactly("crash");
		}
	}

	@Test
	void eachMessageHasTheWholeTime() {
		try (TestAgentSystem system = start(agent())) {
			for (int i = 0; i < 10; i++) {
				system.agent("/a").tell((Act) (context) -> Mono.delay(TIMEOUT.minusMillis(1), context.scheduler()));
			}

			system.advance(TIMEOUT.multipliedBy(20));

			assertThat(system.tree()).hasNode("/a").withIncarnation(1).withMailboxSize(0);
		}
	}

	@Test
	void messageThatBeginsWhileTheTimerOfAnotherStandsIsLimitedByItsOwnBegin() {
		try (TestAgentSystem system = start(agent())) {
			system.agent("/a").tell("quick");
			system.advance(Duration.ofSeconds(7));
			system.agent("/a").tell(this.hanging);

			system.advance(TIMEOUT.minusMillis(1));
			assertThat(system.tree()).hasNode("/a").withIncarnation(1);
			system.advance(Duration.ofMillis(1));

			assertThat(system.tree()).hasNode("/a").withIncarnation(2);
		}
	}

	@Test
	void agentAtRestIsNotLimitedAndNeitherIsOneWithoutATimeout() {
		try (TestAgentSystem system = start(agent(), Act.agent("free"))) {
			system.agent("/a").tell("quick");
			system.agent("/free").tell(this.hanging);

			system.advance(Duration.ofDays(1));

			assertThat(system.tree()).hasNode("/a").withIncarnation(1);
			assertThat(system.tree()).hasNode("/free").withIncarnation(1);
		}
	}

	@Test
	void answerThatIsPromisedForLaterIsNotLimited() {
		Sinks.One<Reply> promise = Sinks.one();
		try (TestAgentSystem system = start(agent())) {
			TestSubscriber<String> asker = TestSubscriber.create();
			system.agent("/a").ask((Act) (context) -> {
				promise.tryEmitValue(context.deferReply());
				return Mono.empty();
			}, String.class).subscribe(asker);

			system.advance(TIMEOUT.multipliedBy(3));
			promise.asMono().subscribe((reply) -> reply.send("late"));

			assertThat(asker.getReceivedOnNext()).containsExactly("late");
		}
	}

	@Test
	void streamIsLimitedAsAWhole() {
		try (TestAgentSystem system = start(agent())) {
			TestSubscriber<Long> receiver = TestSubscriber.create();
			system.agent("/a")
				.stream((Act) (context) -> Flux.interval(Duration.ofSeconds(3), context.scheduler()), Long.class)
				.subscribe(receiver);

			system.advance(TIMEOUT.multipliedBy(2));

			assertThat(receiver.getReceivedOnNext()).containsExactly(0L, 1L, 2L);
			assertThat(receiver.expectTerminalError()).hasCauseInstanceOf(HandlerTimeoutException.class);
		}
	}

	@Test
	void whatAHandlerStillSaysAfterItsTimeIsDroppedAndCounted() {
		try (TestAgentSystem system = start(agent())) {
			AtomicReference<AgentContext<Object>> context = new AtomicReference<>();
			AtomicReference<Subscriber<? super String>> receiver = new AtomicReference<>();
			TestSubscriber<String> asker = TestSubscriber.create();
			system.agent("/a").ask((Act) (current) -> (Publisher<String>) (subscriber) -> {
				context.set(current);
				receiver.set(subscriber);
				subscriber.onSubscribe(Operators.emptySubscription());
			}, String.class).subscribe(asker);
			system.advance(TIMEOUT);

			receiver.get().onNext("late");
			context.get().sendAfter(Duration.ofSeconds(1), "late");

			assertThat(asker.getReceivedOnNext()).isEmpty();
			assertThat(system.events().of(AgentEvent.StaleDropped.class)).extracting(AgentEvent.StaleDropped::what)
				.containsExactly("reply", "timer");
			assertThat(system.events().of(AgentEvent.StaleDropped.class))
				.allSatisfy((dropped) -> assertThat(dropped.incarnation()).isOne());
		}
	}

	@ParameterizedTest(name = "blocking {0}")
	@ValueSource(booleans = { false, true })
	void threadThatHangsInAHandlerIsInterruptedAndItsStackIsShown(boolean blocking) {
		CountDownLatch interrupted = new CountDownLatch(1);
		AgentSpec<Object> spec = brief(blocking);
		try (RealThreads threads = start(spec, this.restarted)) {
			threads.agent("/a").tell((Act) (context) -> {
				try {
					OnPurpose.block(new CountDownLatch(1)::await);
				}
				catch (InterruptedException ex) {
					interrupted.countDown();
				}
				return Mono.empty();
			});

			RealThreads.await(interrupted);
			RealThreads.await(this.restarted);

			assertThat(threads.events.at("/a").of(AgentEvent.Exited.class)).singleElement()
				.satisfies((exited) -> assertThat(exited.reason().cause()).isInstanceOf(HandlerTimeoutException.class)
					.satisfies((cause) -> assertThat(cause.getStackTrace())
						.anyMatch((frame) -> frame.getClassName().startsWith(HandlerTimeoutTests.class.getName()))));
			assertThat(RealThreads.await(threads.agent("/a").ask("next", String.class))).isEqualTo("next");
			assertThat(threads.system.tree()).hasNode("/a").withIncarnation(2);
		}
	}

	@ParameterizedTest(name = "blocking {0}")
	@ValueSource(booleans = { false, true })
	void threadThatIsDeafToItsInterruptLosesTheAgent(boolean blocking) throws InterruptedException {
		try (Blockade blockade = new Blockade(); RealThreads threads = start(brief(blocking), this.restarted)) {
			threads.agent("/a").tell((Act) (context) -> {
				blockade.hold();
				return Mono.empty();
			});
			blockade.awaitHeld(Trees.LIMIT);

			RealThreads.await(this.abandoned);
			RealThreads.await(this.restarted);

			assertThat(RealThreads.await(threads.agent("/a").ask("next", String.class))).isEqualTo("next");
			blockade.release();
			RealThreads.await(this.returned);
			assertThat(threads.system.tree()).hasNode("/a").withIncarnation(2);
		}
	}

	@ParameterizedTest(name = "blocking {0}")
	@ValueSource(booleans = { false, true })
	void whatAThreadSendsThatLostItsAgentReachesNobody(boolean blocking) throws InterruptedException {
		AtomicReference<SendResult> told = new AtomicReference<>();
		AtomicReference<Throwable> asked = new AtomicReference<>();
		try (Blockade blockade = new Blockade(); RealThreads threads = start(brief(blocking), this.restarted)) {
			threads.agent("/a").tell((Act) (context) -> {
				blockade.hold();
				told.set(context.self().tell("late"));
				context.self().ask("late", String.class).subscribe((answer) -> {
				}, asked::set);
				return Mono.empty();
			});
			blockade.awaitHeld(Trees.LIMIT);
			RealThreads.await(this.restarted);

			blockade.release();
			RealThreads.await(this.returned);

			assertThat(told).hasValue(SendResult.STALE);
			assertThat(asked.get()).isInstanceOf(MessageRejectedException.class);
			assertThat(threads.events.of(AgentEvent.StaleDropped.class)).extracting(AgentEvent.StaleDropped::what)
				.startsWith("message", "message");
			assertThat(threads.agent("/a").tell("later")).isEqualTo(SendResult.ACCEPTED);
		}
	}

	@Test
	void whoHearsAnAnswerOnAThreadThatLosesItsAgentSendsForItself() throws InterruptedException {
		AtomicReference<SendResult> told = new AtomicReference<>();
		AtomicReference<SendResult> toldByTheHandler = new AtomicReference<>();
		try (Blockade blockade = new Blockade(); RealThreads threads = start(brief(false), this.restarted)) {
			Act answers = (context) -> Flux.just("first", "second").doOnNext((element) -> {
				if (element.equals("second")) {
					toldByTheHandler.set(context.self().tell("late"));
				}
			});
			threads.agent("/a").stream(answers, String.class).subscribe(new BaseSubscriber<>() {

				@Override
				protected void hookOnSubscribe(Subscription subscription) {
					request(1);
				}

				@Override
				protected void hookOnNext(String element) {
					if (element.equals("first")) {
						blockade.hold();
						told.set(threads.agent("/a").tell("of the client"));
						request(1);
					}
				}

			});
			blockade.awaitHeld(Trees.LIMIT);
			RealThreads.await(this.restarted);

			blockade.release();
			RealThreads.await(this.returned);

			assertThat(told).hasValue(SendResult.ACCEPTED);
			assertThat(toldByTheHandler.get()).isNotEqualTo(SendResult.ACCEPTED);
		}
	}

	private RealThreads start(AgentSpec<Object> spec, CountDownLatch restarted) {
		return new RealThreads(Trees.root(spec), (settings) -> settings.listener((event) -> {
			if (event instanceof AgentEvent.WorkAbandoned) {
				this.abandoned.countDown();
			}
			if (event instanceof AgentEvent.AbandonedWorkReturned) {
				this.returned.countDown();
			}
			if (event instanceof AgentEvent.Restarted) {
				restarted.countDown();
			}
		}));
	}

	private static TestAgentSystem start(AgentSpec<?>... children) {
		return TestAgentSystem.start(Trees.root(children));
	}

	private static AgentSpec<Object> agent() {
		return Act.agent("a", (spec) -> spec.handlerTimeout(TIMEOUT));
	}

	private static AgentSpec<Object> brief(boolean blocking) {
		return Act.agent("a", (spec) -> spec.handlerTimeout(Duration.ofMillis(20)).blocking(blocking));
	}

}
