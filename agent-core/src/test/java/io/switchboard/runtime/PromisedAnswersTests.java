package io.switchboard.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import io.switchboard.AgentContext;
import io.switchboard.AgentPath;
import io.switchboard.AgentRef;
import io.switchboard.Reply;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.BehaviourFactory;
import io.switchboard.supervision.SupervisorSpec;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;
import reactor.test.subscriber.TestSubscriber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for messages that are put aside, and answers that come later.
 */
class PromisedAnswersTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final List<String> log = new ArrayList<>();

	private final AtomicReference<AgentContext<String>> context = new AtomicReference<>();

	private boolean open;

	@Test
	void aMessageIsPutAsideOnce() {
		AgentSystem system = start(() -> (message, context) -> {
			this.log.add(message);
			if (!this.open) {
				this.open = true;
				context.stash();
				assertThatIllegalStateException().isThrownBy(context::stash);
				assertThatIllegalStateException().isThrownBy(context::deferReply);
				context.unstashAll();
			}
			return Mono.empty();
		});

		system.agent("/a", String.class).tell("x");

		assertThat(this.log).containsExactly("x", "x");
	}

	@Test
	void anAnswerIsPromisedOnce() {
		AgentSystem system = start(() -> (message, context) -> {
			Reply reply = context.deferReply();
			assertThatIllegalStateException().isThrownBy(context::deferReply);
			assertThatIllegalStateException().isThrownBy(context::stash);
			reply.send("answer");
			return Mono.empty();
		});

		StepVerifier.create(system.agent("/a", String.class).ask("x", String.class))
			.expectNext("answer")
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void aStreamIsServedThoughItsMessageWasPutAsideWithinTheHandlersPublisher() {
		AgentSystem system = start(() -> (message, context) -> {
			if (message.equals("open")) {
				this.open = true;
				context.unstashAll();
				return Mono.empty();
			}
			return this.open ? Flux.just("one", "two", "three")
					: Mono.fromRunnable(context::stash).thenMany(Flux.just("no", "answer"));
		});
		AgentRef<String> agent = system.agent("/a", String.class);
		TestSubscriber<String> receiver = TestSubscriber.builder().initialRequest(1).build();
		agent.stream("x", String.class).subscribe(receiver);

		agent.tell("open");
		assertThat(receiver.getReceivedOnNext()).containsExactly("one");
		receiver.request(5);

		assertThat(receiver.getReceivedOnNext()).containsExactly("one", "two", "three");
		assertThat(receiver.isTerminatedComplete()).isTrue();
	}

	@Test
	void aPromisedAnswerWaitsUntilTheReceiverOfAStreamWantsIt() {
		List<Reply> replies = new ArrayList<>();
		AgentSystem system = start(() -> (message, context) -> {
			replies.add(context.deferReply());
			return Mono.empty();
		});
		TestSubscriber<String> receiver = TestSubscriber.builder().initialRequest(0).build();
		system.agent("/a", String.class).stream("x", String.class).subscribe(receiver);

		replies.get(0).send("answer");
		assertThat(receiver.getReceivedOnNext()).isEmpty();
		receiver.request(1);

		assertThat(receiver.getReceivedOnNext()).containsExactly("answer");
		assertThat(receiver.isTerminatedComplete()).isTrue();
	}

	@Test
	void messagesThatAreTakenBackBetweenTwoMessagesAreHandledAtOnce() {
		AgentSystem system = start(() -> (message, context) -> {
			this.context.set(context);
			if (!this.open) {
				context.stash();
			}
			this.log.add(message);
			return Mono.empty();
		});
		system.agent("/a", String.class).tell("x");
		this.open = true;

		this.context.get().unstashAll();

		assertThat(this.log).containsExactly("x", "x");
	}

	@Test
	void anAnswerThatWaitsForItsAskerSurvivesALateTimeout() {
		TestSubscriber<String> asker = TestSubscriber.builder().initialRequest(0).build();
		PendingAsk<String> pending = new PendingAsk<>(asker, AgentPath.of("/a"), String.class, LIMIT,
				new Workers(this.time, this.time, null, null, List.of()));
		asker.onSubscribe(pending);
		pending.next(Operators.emptySubscription(), "answer");
		pending.complete();

		pending.fail(new IllegalStateException("too late"));
		asker.request(1);

		assertThat(asker.getReceivedOnNext()).containsExactly("answer");
	}

	private AgentSystem start(BehaviourFactory<String> factory) {
		AgentSystem system = AgentSystem
			.builder(
					SupervisorSpec.builder("root").child(AgentSpec.builder("a", String.class, factory).build()).build())
			.scheduler(this.time)
			.blockingScheduler(this.time)
			.build();
		StepVerifier.create(system.start()).expectComplete().verify(LIMIT);
		return system;
	}

}
