package io.switchboard.test.behaviour;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import io.switchboard.AgentExitedException;
import io.switchboard.AgentPath;
import io.switchboard.AgentRef;
import io.switchboard.RequestFailedException;
import io.switchboard.event.AgentEvent;
import io.switchboard.test.TestAgentSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.publisher.TestPublisher;
import reactor.test.subscriber.TestSubscriber;
import reactor.util.context.Context;

import static io.switchboard.test.AgentAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Receiving many answers.
 */
class StreamTests {

	private final TestAgentSystem system = TestAgentSystem.start(Trees.root(Act.agent("a")));

	private final AgentRef<Object> ref = this.system.agent("/a");

	@AfterEach
	void close() {
		this.system.close();
	}

	@Test
	void streamGivesEveryElement() {
		assertThat(this.system.resultOf(stream((context) -> Flux.just("one", "two", "three")).collectList()))
			.containsExactly("one", "two", "three");
		assertThat(this.system.resultOf(stream((context) -> Mono.empty()).collectList())).isEmpty();
	}

	@Test
	void elementsArriveAsTheyAreMade() {
		Sinks.Many<String> tokens = Sinks.many().unicast().onBackpressureBuffer();
		TestSubscriber<String> receiver = TestSubscriber.create();
		stream((context) -> tokens.asFlux()).subscribe(receiver);

		tokens.tryEmitNext("one");
		assertThat(receiver.getReceivedOnNext()).containsExactly("one");
		tokens.tryEmitNext("two");
		assertThat(receiver.getReceivedOnNext()).containsExactly("one", "two");
		tokens.tryEmitComplete();

		assertThat(receiver.isTerminatedComplete()).isTrue();
	}

	@Test
	void receiverSetsThePace() {
		AtomicLong requested = new AtomicLong();
		TestSubscriber<Integer> receiver = TestSubscriber.builder().initialRequest(2).build();
		Act counts = (context) -> Flux.range(1, 100).doOnRequest(requested::addAndGet);
		this.ref.stream(counts, Integer.class).subscribe(receiver);
		assertThat(receiver.getReceivedOnNext()).containsExactly(1, 2);

		receiver.request(3);

		assertThat(receiver.getReceivedOnNext()).containsExactly(1, 2, 3, 4, 5);
		assertThat(requested).hasValue(5);
		receiver.cancel();
	}

	@Test
	void leavingCancelsTheHandlerAndTheAgentGoesOn() {
		AtomicBoolean cancelled = new AtomicBoolean();
		TestSubscriber<String> receiver = TestSubscriber.create();
		stream((context) -> Flux.<String>never().doOnCancel(() -> cancelled.set(true))).subscribe(receiver);
		TestSubscriber<String> next = TestSubscriber.create();
		this.ref.ask("next", String.class).subscribe(next);
		assertThat(next.isTerminated()).isFalse();

		receiver.cancel();

		assertThat(cancelled).isTrue();
		assertThat(next.getReceivedOnNext()).containsExactly("next");
		assertThat(this.system.tree()).hasNode("/a").withIncarnation(1);
	}

	@Test
	void messageOfAReceiverThatLeftIsSkipped() {
		Sinks.Empty<Void> gate = Sinks.empty();
		List<String> handled = new ArrayList<>();
		this.ref.tell((Act) (context) -> gate.asMono());
		TestSubscriber<String> receiver = TestSubscriber.create();
		stream((context) -> Mono.fromCallable(() -> {
			handled.add("handled");
			return "x";
		})).subscribe(receiver);

		receiver.cancel();
		gate.tryEmitEmpty();

		assertThat(handled).isEmpty();
		assertThat(this.system.resultOf(this.ref.ask("next", String.class))).isEqualTo("next");
	}

	@Test
	void whatComesAfterTheReceiverLeftIsDroppedWithoutFuss() {
		TestPublisher<String> deaf = TestPublisher.createNoncompliant(TestPublisher.Violation.CLEANUP_ON_TERMINATE,
				TestPublisher.Violation.REQUEST_OVERFLOW);
		TestSubscriber<String> receiver = TestSubscriber.create();
		stream((context) -> Flux.from((subscriber) -> deaf.subscribe(subscriber))).subscribe(receiver);
		receiver.cancel();

		deaf.next("late");
		deaf.complete();

		assertThat(receiver.getReceivedOnNext()).isEmpty();
		assertThat(this.system.events().of(AgentEvent.StaleDropped.class)).isEmpty();
	}

	@Test
	void streamHasNoTimeOut() {
		TestSubscriber<String> receiver = TestSubscriber.create();
		stream((context) -> Mono.delay(Duration.ofHours(2), context.scheduler()).map((tick) -> "at last"))
			.subscribe(receiver);

		this.system.advance(Duration.ofHours(2));

		assertThat(receiver.getReceivedOnNext()).containsExactly("at last");
	}

	@Test
	void elementOfAnotherTypeFailsTheReceiverAndCancelsTheWork() {
		AtomicBoolean cancelled = new AtomicBoolean();
		TestSubscriber<String> receiver = TestSubscriber.create();
		stream((context) -> Flux.concat(Flux.just("one", 2), Flux.never()).doOnCancel(() -> cancelled.set(true)))
			.subscribe(receiver);

		assertThat(receiver.getReceivedOnNext()).containsExactly("one");
		assertThat(receiver.expectTerminalError()).isInstanceOf(ClassCastException.class);
		assertThat(cancelled).isTrue();
		assertThat(this.system.resultOf(this.ref.ask("next", String.class))).isEqualTo("next");
		assertThat(this.system.tree()).hasNode("/a").withIncarnation(1);
	}

	@Test
	void aCleanupCanTellThatTheReceiverHasLeft() {
		List<Boolean> left = new CopyOnWriteArrayList<>();
		TestSubscriber<String> receiver = TestSubscriber.create();
		stream((context) -> Flux.<String>never().doOnCancel(() -> left.add(context.isCancelled()))).subscribe(receiver);

		receiver.cancel();

		assertThat(left).containsExactly(true);
	}

	@Test
	void aCleanupCanTellThatItsLifeWasCutOff() {
		List<Boolean> left = new CopyOnWriteArrayList<>();
		TestSubscriber<String> receiver = TestSubscriber.create();
		stream((context) -> Flux.<String>never().doOnCancel(() -> left.add(context.isCancelled()))).subscribe(receiver);

		this.system.resultOf(this.system.system().control(AgentPath.of("/a")).kill());

		assertThat(left).containsExactly(false);
	}

	@Test
	void crashInTheMiddleEndsTheStreamWithTheReason() {
		TestSubscriber<String> receiver = TestSubscriber.create();
		stream((context) -> Flux.just("one").concatWith(Mono.error(new IllegalStateException("bug"))))
			.subscribe(receiver);

		assertThat(receiver.getReceivedOnNext()).containsExactly("one");
		assertThat(receiver.expectTerminalError()).isInstanceOf(AgentExitedException.class)
			.hasMessageContaining("/a")
			.hasMessageContaining("incarnation 1")
			.hasRootCauseMessage("bug");
		assertThat(this.system.tree()).hasNode("/a").withIncarnation(2);
	}

	@Test
	void errorThatIsAnAnswerEndsTheStreamOnly() {
		TestSubscriber<String> receiver = TestSubscriber.create();
		stream((context) -> Flux.just("one").concatWith(Mono.error(new RequestFailedException("refused"))))
			.subscribe(receiver);

		assertThat(receiver.getReceivedOnNext()).containsExactly("one");
		assertThat(receiver.expectTerminalError()).isInstanceOf(RequestFailedException.class);
		assertThat(this.system.tree()).hasNode("/a").withIncarnation(1);
	}

	@Test
	void killEndsTheStream() {
		AtomicBoolean cancelled = new AtomicBoolean();
		TestSubscriber<String> receiver = TestSubscriber.create();
		stream((context) -> Flux.<String>never().doOnCancel(() -> cancelled.set(true))).subscribe(receiver);
		TestSubscriber<Void> stopped = TestSubscriber.create();
		this.system.supervisor("/").terminateChild("a").subscribe(stopped);

		this.system.advance(Duration.ofSeconds(5));

		assertThat(receiver.expectTerminalError()).isInstanceOf(AgentExitedException.class)
			.hasMessageContaining("killed");
		assertThat(cancelled).isTrue();
		assertThat(stopped.isTerminatedComplete()).isTrue();
	}

	@Test
	void receiverThatFailsDoesNotHarmTheAgent() {
		stream((context) -> Flux.just("one", "two")).doOnNext((element) -> {
			throw new StackOverflowError("receiver's own");
		}).subscribe(TestSubscriber.create());

		assertThat(this.system.resultOf(this.ref.ask("next", String.class))).isEqualTo("next");
		assertThat(this.system.tree()).hasNode("/a").withIncarnation(1);
	}

	@Test
	void contextOfTheReceiverIsVisibleToTheHandler() {
		Flux<String> elements = stream(
				(context) -> Flux.deferContextual((view) -> Flux.just(view.<String>get("tenant"))))
			.contextWrite(Context.of("tenant", "blue"));

		assertThat(this.system.resultOf(elements.collectList())).containsExactly("blue");
	}

	private Flux<String> stream(Act act) {
		return this.ref.stream(act, String.class);
	}

}
