package io.switchboard.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.switchboard.AgentContext;
import io.switchboard.AgentPath;
import io.switchboard.AgentRef;
import io.switchboard.Behaviour;
import io.switchboard.RequestFailedException;
import io.switchboard.SendResult;
import io.switchboard.mailbox.MailboxSpec;
import io.switchboard.mailbox.OverflowPolicy;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.ChildSpec;
import io.switchboard.supervision.Shutdown;
import io.switchboard.supervision.SupervisorSpec;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;
import reactor.test.subscriber.TestSubscriber;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that code of those who talk to agents, or listen to them, harms only them.
 */
class FailingCallersTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final List<Object> told = new ArrayList<>();

	@Test
	void anErrorOfAListenerStopsNobody() {
		AgentSystem system = AgentSystem.builder(SupervisorSpec.builder("root").child(echo("a")).build())
			.scheduler(this.time)
			.blockingScheduler(this.time)
			.listener((event) -> {
				throw new AssertionError("the listener's own");
			})
			.build();

		StepVerifier.create(system.start()).expectComplete().verify(LIMIT);

		assertAnswers(system, "/a");
		StepVerifier.create(system.stop()).expectComplete().verify(LIMIT);
	}

	@Test
	void anErrorOfAFollowerStopsNobody() {
		AgentSystem system = AgentSystem.builder(SupervisorSpec.builder("root").child(echo("a")).build())
			.scheduler(this.time)
			.blockingScheduler(this.time)
			.build();
		system.events().subscribe((event) -> {
			throw new NoClassDefFoundError("the follower's own");
		});

		StepVerifier.create(system.start()).expectComplete().verify(LIMIT);

		assertAnswers(system, "/a");
	}

	@Test
	void whoFailsWhenToldOfARefusalDoesNotStopTheSupervisor() {
		AgentSystem system = start(echo("a"));
		SupervisorRef root = system.supervisor(AgentPath.ROOT);

		root.startChild(echo("a")).subscribe(null, (ex) -> {
			throw new AssertionError("the caller's own");
		});

		StepVerifier.create(root.startChild(echo("b"))).expectNextCount(1).expectComplete().verify(LIMIT);
	}

	@Test
	void whoFailsWhenToldOfACancelledStartDoesNotHoldUpTheStop() {
		AgentSystem system = start(echo("a"));
		system.supervisor(AgentPath.ROOT).startChild(AgentSpec.builder("slow", String.class, () -> new Behaviour<>() {

			@Override
			public Mono<Void> onStart(AgentContext<String> context) {
				return Mono.never();
			}

			@Override
			public Publisher<?> onMessage(String message, AgentContext<String> context) {
				return Mono.empty();
			}

		}).shutdown(Shutdown.brutalKill()).build()).subscribe(null, (ex) -> {
			throw new IllegalStateException("the caller's own");
		});
		TestSubscriber<Void> stopped = TestSubscriber.create();

		system.stop().subscribe(stopped);

		assertThat(stopped.isTerminatedComplete()).isTrue();
	}

	@Test
	void whoFailsWhenToldOfTheEndDoesNotKeepTheThreads() {
		AgentSystem system = AgentSystem.builder(SupervisorSpec.builder("root").child(echo("a")).build()).build();
		StepVerifier.create(system.start()).expectComplete().verify(LIMIT);
		system.whenTerminated().subscribe(new BaseSubscriber<>() {

			@Override
			protected void hookOnComplete() {
				throw new IllegalStateException("the caller's own");
			}

			@Override
			protected void hookOnError(Throwable ex) {
				throw new IllegalStateException("the caller's own");
			}

		});
		TestSubscriber<Void> stopped = TestSubscriber.create();

		system.stop().subscribe(stopped);

		stopped.block(LIMIT);
		assertThat(((DefaultAgentSystem) system).scheduler().isDisposed()).isTrue();
	}

	@Test
	void whoFailsWhenToldOfAnOverflowHarmsNeitherSenderNorMailbox() {
		AgentSystem system = start(AgentSpec.builder("a", String.class, () -> (message, context) -> {
			this.told.add(message);
			return Mono.empty();
		}).mailbox(new MailboxSpec(1, OverflowPolicy.DROP_OLDEST)).build());
		AgentRef<String> agent = system.agent("/a", String.class);
		system.control(AgentPath.of("/a")).suspend().subscribe();
		agent.ask("one", String.class).subscribe(null, (ex) -> {
			throw new IllegalStateException("the asker's own");
		});

		assertThat(agent.tell("two")).isEqualTo(SendResult.ACCEPTED);
		system.control(AgentPath.of("/a")).resume().subscribe();

		assertThat(this.told).containsExactly("two");
	}

	@Test
	void aCleanupThatFailsWhenAStreamIsLeftDoesNotHoldUpTheAgent() {
		AgentSystem system = start(AgentSpec.builder("a", String.class, () -> (message,
				context) -> message.equals("stream") ? Flux.<String>create((sink) -> sink.next("first").onCancel(() -> {
					throw new IllegalStateException("the handler's own");
				})) : Mono.just("answer to " + message))
			.build());
		BaseSubscriber<String> receiver = new BaseSubscriber<>() {
		};
		system.agent("/a", String.class).stream("stream", String.class).subscribe(receiver);

		try {
			receiver.cancel();
		}
		catch (IllegalStateException ex) {
			this.told.add(ex);
		}

		assertAnswers(system, "/a");
	}

	@Test
	void aReceiverThatFailsHardDoesNotCrashTheAgent() {
		AgentSystem system = start(
				AgentSpec.builder("a", String.class, () -> (message, context) -> message.equals("stream")
						? Flux.just("first", "second") : Mono.just("answer to " + message))
					.build());

		system.agent("/a", String.class).stream("stream", String.class).subscribe((element) -> {
			throw new NoClassDefFoundError("the receiver's own");
		});

		assertAnswers(system, "/a");
		assertThat(system.tree().find(AgentPath.of("/a")).incarnation()).isEqualTo(1);
	}

	@Test
	void anAskerThatFailsWhenAnsweredFromAnotherThreadDoesNotCrashTheAgent() {
		AgentSystem system = start(
				AgentSpec
					.builder("a", String.class,
							() -> (message, context) -> Mono.just("answer to " + message)
								.subscribeOn(context.scheduler()))
					.build());

		system.agent("/a", String.class).ask("x", String.class).subscribe((answer) -> {
			throw new NoClassDefFoundError("the asker's own");
		});

		assertAnswers(system, "/a");
		assertThat(system.tree().find(AgentPath.of("/a")).incarnation()).isEqualTo(1);
	}

	@Test
	void aToldRequestThatIsAtFaultDoesNotCrashTheAgent() {
		AgentSystem system = start(AgentSpec
			.builder("a", String.class,
					() -> (message, context) -> message.equals("bad")
							? Mono.error(new RequestFailedException("bad request")) : Mono.just("answer to " + message))
			.build());

		system.agent("/a", String.class).tell("bad");

		assertAnswers(system, "/a");
		assertThat(system.tree().find(AgentPath.of("/a")).incarnation()).isEqualTo(1);
	}

	private void assertAnswers(AgentSystem system, String path) {
		TestSubscriber<String> answer = TestSubscriber.create();
		system.agent(path, String.class).ask("x", String.class).subscribe(answer);
		assertThat(answer.getReceivedOnNext()).containsExactly("answer to x");
	}

	private static ChildSpec echo(String id) {
		return AgentSpec.builder(id, String.class, () -> (message, context) -> Mono.just("answer to " + message))
			.build();
	}

	private AgentSystem start(ChildSpec child) {
		AgentSystem system = AgentSystem.builder(SupervisorSpec.builder("root").child(child).build())
			.scheduler(this.time)
			.blockingScheduler(this.time)
			.build();
		StepVerifier.create(system.start()).expectComplete().verify(LIMIT);
		return system;
	}

}
