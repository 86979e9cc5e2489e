package io.switchboard.test.behaviour;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import io.switchboard.AgentExitedException;
import io.switchboard.AgentRef;
import io.switchboard.AskTimeoutException;
import io.switchboard.ExitReason;
import io.switchboard.RequestFailedException;
import io.switchboard.supervision.Restart;
import io.switchboard.test.TestAgentSystem;
import io.switchboard.tree.NodeStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.subscriber.TestSubscriber;
import reactor.util.context.Context;

import static io.switchboard.test.AgentAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Asking an agent for one answer.
 */
class AskTests {

	private final TestAgentSystem system = TestAgentSystem
		.start(Trees.root(Act.agent("a"), Act.agent("b", (spec) -> spec.restart(Restart.TRANSIENT))));

	private final AgentRef<Object> ref = this.system.agent("/a");

	@AfterEach
	void close() {
		this.system.close();
	}

	@Test
	void answerIsTheLastElement() {
		assertThat(this.system.resultOf(ask((context) -> Flux.just("one", "two", "three")))).isEqualTo("three");
		assertThat(this.system.resultOf(ask((context) -> Mono.just("only")))).isEqualTo("only");
		assertThat(this.system.resultOf(ask((context) -> Mono.empty()))).isNull();
	}

	@Test
	void answerOfAnotherTypeFailsTheAskerAlone() {
		Throwable failure = this.system.failureOf(this.ref.ask("text", Integer.class));

		assertThat(failure).isInstanceOf(ClassCastException.class)
			.hasMessageContaining("/a")
			.hasMessageContaining("java.lang.String")
			.hasMessageContaining("java.lang.Integer");
		assertThat(this.system.tree()).hasNode("/a").withIncarnation(1);
	}

	@Test
	void nothingIsSentBeforeSubscriptionAndAgainWithEach() {
		List<String> handled = new ArrayList<>();
		Mono<String> question = ask((context) -> {
			handled.add("handled");
			return Mono.just("answer");
		});
		assertThat(handled).isEmpty();

		this.system.resultOf(question);
		this.system.resultOf(question);

		assertThat(handled).hasSize(2);
	}

	@Test
	void errorThatIsAnAnswerLeavesTheAgentAlive() {
		RequestFailedException refusal = new RequestFailedException("no such order");

		assertThat(this.system.failureOf(ask((context) -> Mono.error(refusal)))).isSameAs(refusal);
		assertThat(this.system.failureOf(ask((context) -> {
			throw refusal;
		}))).isSameAs(refusal);

		assertThat(this.system.tree()).hasNode("/a").withIncarnation(1);
	}

	@Test
	void errorThatIsAnAnswerLeavesTheAgentAliveEvenIfNobodyAsked() {
		this.ref.tell((Act) (context) -> Mono.error(new RequestFailedException("no such order")));

		assertThat(this.system.tree()).hasNode("/a").withIncarnation(1);
		assertThat(this.system.resultOf(this.ref.ask("next", String.class))).isEqualTo("next");
	}

	@Test
	@DisplayName("a call that times out fails the caller only, and its late reply is dropped")
	void timeOutFailsTheAskerAndNotTheWork() {
		AtomicBoolean cancelled = new AtomicBoolean();
		AtomicBoolean done = new AtomicBoolean();
		TestSubscriber<String> asker = TestSubscriber.create();
		Act slow = (context) -> Mono.delay(Duration.ofSeconds(10), context.scheduler())
			.map((tick) -> "late")
			.doOnNext((late) -> done.set(true))
			.doOnCancel(() -> cancelled.set(true));
		this.ref.ask(slow, String.class, Duration.ofSeconds(3)).subscribe(asker);
		TestSubscriber<String> next = TestSubscriber.create();
		this.ref.ask("next", String.class).subscribe(next);

		this.system.advance(Duration.ofSeconds(3));
		assertThat(asker.expectTerminalError()).isInstanceOfSatisfying(AskTimeoutException.class, (ex) -> {
			assertThat(ex.path()).hasToString("/a");
			assertThat(ex.timeout()).isEqualTo(Duration.ofSeconds(3));
		});
		assertThat(next.isTerminated()).isFalse();
		this.system.advance(Duration.ofSeconds(7));

		assertThat(done).isTrue();
		assertThat(cancelled).isFalse();
		assertThat(asker.getReceivedOnNext()).isEmpty();
		assertThat(next.getReceivedOnNext()).containsExactly("next");
		assertThat(this.system.tree()).hasNode("/a").withIncarnation(1);
	}

	@Test
	void timeOutAlsoCountsTheWaitInTheMailbox() {
		this.ref.tell((Act) (context) -> Mono.never());
		TestSubscriber<String> asker = TestSubscriber.create();
		this.ref.ask("waits", String.class, Duration.ofSeconds(1)).subscribe(asker);

		this.system.advance(Duration.ofSeconds(1));

		assertThat(asker.expectTerminalError()).isInstanceOf(AskTimeoutException.class);
	}

	@Test
	void askWithoutTimeUsesTheSystemsOwn() {
		TestAgentSystem quick = TestAgentSystem.builder(Trees.root(Act.agent("a")))
			.settings((settings) -> settings.askTimeout(Duration.ofSeconds(2)))
			.start();
		TestSubscriber<String> asker = TestSubscriber.create();
		quick.agent("/a").ask((Act) (context) -> Mono.never(), String.class).subscribe(asker);

		quick.advance(Duration.ofMillis(1999));
		assertThat(asker.isTerminated()).isFalse();
		quick.advance(Duration.ofMillis(1));

		assertThat(asker.expectTerminalError()).isInstanceOf(AskTimeoutException.class);
		quick.close();
	}

	@Test
	void longestTimeOutIsNotOver() {
		this.system.advance(Duration.ofSeconds(1));
		TestSubscriber<String> asker = TestSubscriber.create();

		this.ref.ask((Act) (context) -> Mono.never(), String.class, Duration.ofSeconds(Long.MAX_VALUE))
			.subscribe(asker);

		assertThat(asker.isTerminated()).isFalse();
		asker.cancel();
	}

	@Test
	void leavingDoesNotCancelTheWork() {
		AtomicBoolean cancelled = new AtomicBoolean();
		List<String> done = new ArrayList<>();
		Sinks.One<String> work = Sinks.one();
		TestSubscriber<String> asker = TestSubscriber.create();
		ask((context) -> work.asMono().doOnNext(done::add).doOnCancel(() -> cancelled.set(true))).subscribe(asker);

		asker.cancel();
		work.tryEmitValue("done");

		assertThat(cancelled).isFalse();
		assertThat(done).containsExactly("done");
		assertThat(asker.getReceivedOnNext()).isEmpty();
	}

	@Test
	void questionWhoseAskerLeftIsStillHandled() {
		Sinks.Empty<Void> gate = Sinks.empty();
		List<String> done = new ArrayList<>();
		this.ref.tell((Act) (context) -> gate.asMono());
		TestSubscriber<String> asker = TestSubscriber.create();
		ask((context) -> Mono.fromCallable(() -> done.add("done")).thenReturn("x")).subscribe(asker);

		asker.cancel();
		gate.tryEmitEmpty();

		assertThat(done).containsExactly("done");
	}

	@Test
	void answerWaitsForDemand() {
		TestSubscriber<String> asker = TestSubscriber.builder().initialRequest(0).build();
		this.ref.ask("hello", String.class).subscribe(asker);
		assertThat(asker.getReceivedOnNext()).isEmpty();

		asker.request(1);

		assertThat(asker.getReceivedOnNext()).containsExactly("hello");
		assertThat(asker.isTerminatedComplete()).isTrue();
	}

	@Test
	void contextOfTheAskerIsVisibleToTheHandler() {
		Act reads = (context) -> Mono.deferContextual((view) -> Mono.just(view.get("tenant")));

		String answer = this.system
			.resultOf(this.ref.ask(reads, String.class).contextWrite(Context.of("tenant", "blue")));

		assertThat(answer).isEqualTo("blue");
	}

	@Test
	void contextOfTheAskerReachesAnAgentAskedByTheAgentAsked() {
		Act reads = (context) -> Mono.deferContextual((view) -> Mono.just(view.get("tenant")));
		Act asksOn = (context) -> this.system.agent("/b").ask(reads, String.class);

		String answer = this.system
			.resultOf(this.ref.ask(asksOn, String.class).contextWrite(Context.of("tenant", "blue")));

		assertThat(answer).isEqualTo("blue");
	}

	@Test
	void askerThatFailsOnTheAnswerDoesNotHarmTheAgent() {
		this.ref.ask("hello", String.class).doOnNext((answer) -> {
			throw new StackOverflowError("asker's own");
		}).onErrorComplete().subscribe(TestSubscriber.create());
		this.ref
			.ask((Act) (context) -> Mono.just("x").delayElement(Duration.ofSeconds(1), context.scheduler()),
					String.class)
			.doOnNext((answer) -> {
				throw new StackOverflowError("asker's own");
			})
			.subscribe(TestSubscriber.create());
		this.system.advance(Duration.ofSeconds(1));

		assertThat(this.system.resultOf(this.ref.ask("next", String.class))).isEqualTo("next");
		assertThat(this.system.tree()).hasNode("/a").withIncarnation(1);
	}

	@Test
	@Conforms("N17")
	@DisplayName("an agent may answer and then stop")
	void agentMayAnswerAndStop() {
		AgentRef<Object> transients = this.system.agent("/b");

		String answer = this.system.resultOf(transients.ask((Act) (context) -> {
			context.stop(ExitReason.shutdown("x"));
			return Mono.just("last words");
		}, String.class));

		assertThat(answer).isEqualTo("last words");
		assertThat(this.system.tree()).hasNode("/b")
			.withStatus(NodeStatus.STOPPED)
			.withLastExit(ExitReason.shutdown("x"));
	}

	@Test
	void agentThatStopsFinishesItsMessageFirst() {
		AgentRef<Object> transients = this.system.agent("/b");
		Sinks.One<String> work = Sinks.one();
		TestSubscriber<String> first = TestSubscriber.create();
		TestSubscriber<String> second = TestSubscriber.create();
		transients.ask((Act) (context) -> {
			context.stop();
			return work.asMono();
		}, String.class).subscribe(first);
		transients.ask("never handled", String.class).subscribe(second);
		assertThat(this.system.tree()).hasNode("/b").withStatus(NodeStatus.RUNNING);

		work.tryEmitValue("done");

		assertThat(first.getReceivedOnNext()).containsExactly("done");
		assertThat(second.expectTerminalError()).isInstanceOfSatisfying(AgentExitedException.class,
				(ex) -> assertThat(ex.reason()).isEqualTo(ExitReason.normal()));
		assertThat(this.system.tree()).hasNode("/b").withStatus(NodeStatus.STOPPED);
	}

	private Mono<String> ask(Act act) {
		return this.ref.ask(act, String.class);
	}

}
