package io.switchboard.test.behaviour;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import io.switchboard.AgentContext;
import io.switchboard.event.AgentEvent;
import io.switchboard.supervision.Shutdown;
import io.switchboard.test.ProbeFailure;
import io.switchboard.test.TestAgentSystem;
import io.switchboard.tree.NodeStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.subscriber.TestSubscriber;

import static io.switchboard.test.AgentAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nothing from an old incarnation reaches the new one.
 */
class FencingTests {

	private final TestAgentSystem system = TestAgentSystem
		.start(Trees.root(Act.agent("a", (spec) -> spec.shutdown(Shutdown.after(Duration.ofSeconds(1))))));

	private final List<String> log = new ArrayList<>();

	private final Act note = (context) -> Mono.fromRunnable(() -> this.log.add("note " + context.incarnation()));

	@AfterEach
	void close() {
		this.system.close();
	}

	@Test
	void timerFiresOnceWhenItIsDue() {
		tell((context) -> {
			context.sendAfter(Duration.ofSeconds(3), this.note);
			return Mono.empty();
		});

		this.system.advance(Duration.ofMillis(2999));
		assertThat(this.log).isEmpty();
		this.system.advance(Duration.ofMillis(1));
		assertThat(this.log).containsExactly("note 1");
		this.system.advance(Duration.ofMinutes(1));

		assertThat(this.log).hasSize(1);
	}

	@Test
	void timerCanBeCalledOff() {
		AtomicReference<Disposable> timer = new AtomicReference<>();
		tell((context) -> {
			timer.set(context.sendAfter(Duration.ofSeconds(3), this.note));
			return Mono.empty();
		});

		timer.get().dispose();
		this.system.advance(Duration.ofMinutes(1));

		assertThat(this.log).isEmpty();
	}

	@Test
	void timerEndsWithItsIncarnation() {
		tell((context) -> {
			context.sendAfter(Duration.ofSeconds(3), this.note);
			return Mono.error(new ProbeFailure("crash"));
		});

		this.system.advance(Duration.ofMinutes(1));

		assertThat(this.system.tree()).hasNode("/a").withIncarnation(2);
		assertThat(this.log).isEmpty();
	}

	@Test
	void timersMessageThatStillWaitedIsDroppedAndCounted() {
		Sinks.Empty<Void> gate = Sinks.empty();
		tell((context) -> {
			context.sendAfter(Duration.ofSeconds(3), this.note);
			return gate.asMono();
		});
		this.system.advance(Duration.ofSeconds(3));
		assertThat(this.system.tree()).hasNode("/a").withMailboxSize(1);

		gate.tryEmitError(new ProbeFailure("crash"));

		assertThat(this.log).isEmpty();
		assertThat(stale()).singleElement().satisfies((dropped) -> {
			assertThat(dropped.incarnation()).isOne();
			assertThat(dropped.what()).isEqualTo("timer");
		});
	}

	@Test
	void timerSetByAnOldContextIsDroppedAndCounted() {
		AgentContext<Object> old = oldContext();

		old.sendAfter(Duration.ofSeconds(3), this.note);
		this.system.advance(Duration.ofMinutes(1));

		assertThat(this.log).isEmpty();
		assertThat(stale()).singleElement().satisfies((dropped) -> assertThat(dropped.what()).isEqualTo("timer"));
	}

	@Test
	void oldContextCannotStopTheNewIncarnation() {
		AgentContext<Object> old = oldContext();

		old.stop();

		assertThat(this.system.tree()).hasNode("/a").withStatus(NodeStatus.RUNNING).withIncarnation(2);
	}

	@Test
	void errorOnAnOldContextsSchedulerDoesNotCrashTheNewIncarnation() {
		AgentContext<Object> old = oldContext();

		old.scheduler().schedule(() -> {
			throw new ProbeFailure("late");
		});

		assertThat(this.system.tree()).hasNode("/a").withIncarnation(2);
		assertThat(stale()).singleElement().satisfies((dropped) -> assertThat(dropped.what()).isEqualTo("error"));
	}

	@Test
	void replyOfAKilledIncarnationIsDroppedAndCounted() {
		Deaf deaf = new Deaf();
		TestSubscriber<String> asker = TestSubscriber.create();
		this.system.agent("/a").ask((Act) (context) -> deaf, String.class).subscribe(asker);
		this.system.supervisor("/").terminateChild("a").subscribe(TestSubscriber.create());
		this.system.advance(Duration.ofSeconds(1));
		this.system.resultOf(this.system.supervisor("/").restartChild("a"));
		assertThat(asker.isTerminatedError()).isTrue();
		assertThat(deaf.cancelled).isTrue();

		deaf.emit("late");

		assertThat(asker.getReceivedOnNext()).isEmpty();
		assertThat(stale()).extracting(AgentEvent.StaleDropped::incarnation).containsOnly(1L);
		assertThat(stale()).extracting(AgentEvent.StaleDropped::what).containsExactly("reply", "completion");
		assertThat(this.system.resultOf(this.system.agent("/a").ask("next", String.class))).isEqualTo("next");
	}

	@Test
	void elementsOfAKilledIncarnationAreDroppedFromTheStream() {
		Deaf deaf = new Deaf();
		TestSubscriber<String> receiver = TestSubscriber.create();
		this.system.agent("/a").stream((Act) (context) -> deaf, String.class).subscribe(receiver);
		this.system.supervisor("/").terminateChild("a").subscribe(TestSubscriber.create());
		this.system.advance(Duration.ofSeconds(1));

		deaf.emit("late");

		assertThat(receiver.getReceivedOnNext()).isEmpty();
		assertThat(receiver.isTerminatedError()).isTrue();
		assertThat(receiver.getProtocolErrors()).isEmpty();
	}

	@Test
	void handlersTimerIsCancelledWithTheIncarnation() {
		tell((context) -> Mono.delay(Duration.ofSeconds(10), context.scheduler())
			.doOnNext((tick) -> this.log.add("tick")));
		this.system.supervisor("/").terminateChild("a").subscribe(TestSubscriber.create());

		this.system.advance(Duration.ofMinutes(1));

		assertThat(this.log).isEmpty();
	}

	private AgentContext<Object> oldContext() {
		AtomicReference<AgentContext<Object>> context = new AtomicReference<>();
		tell((current) -> {
			context.set(current);
			return Mono.error(new ProbeFailure("crash"));
		});
		return context.get();
	}

	private void tell(Act act) {
		this.system.agent("/a").tell(act);
	}

	private List<AgentEvent.StaleDropped> stale() {
		return this.system.events().of(AgentEvent.StaleDropped.class);
	}

	/**
	 * Work that does not heed its cancellation.
	 */
	private static final class Deaf implements Publisher<Object>, Subscription {

		private final AtomicReference<Subscriber<? super Object>> receiver = new AtomicReference<>();

		private boolean cancelled;

		@Override
		public void subscribe(Subscriber<? super Object> subscriber) {
			this.receiver.set(subscriber);
			subscriber.onSubscribe(this);
		}

		void emit(Object element) {
			this.receiver.get().onNext(element);
			this.receiver.get().onComplete();
		}

		@Override
		public void request(long n) {
		}

		@Override
		public void cancel() {
			this.cancelled = true;
		}

	}

}
