package io.switchboard.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.switchboard.AgentExitedException;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.BehaviourFactory;
import io.switchboard.supervision.SupervisorSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for where a handler's publisher does its work while a receiver asks for it.
 */
class StreamThreadTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final Set<String> threads = ConcurrentHashMap.newKeySet();

	private AgentSystem system;

	@AfterEach
	void stop() {
		StepVerifier.create(this.system.stop()).expectComplete().verify(LIMIT);
	}

	@Test
	void theReceiversThreadDoesNoWorkOfTheHandler() throws Exception {
		start(false);
		Receiver receiver = receive();

		for (int i = 1; i <= 5; i++) {
			receiver.request(1);
			assertThat(receiver.take()).isEqualTo(i);
		}

		assertThat(receiver.take()).isEqualTo("completed");
		assertThat(this.threads).isNotEmpty()
			.allMatch((thread) -> thread.startsWith("switchboard-") && !thread.startsWith("switchboard-blocking"));
	}

	@Test
	void aBlockingHandlerDoesAllItsWorkWhereBlockingBelongs() throws Exception {
		start(true);
		Receiver receiver = receive();

		receiver.request(1);
		assertThat(receiver.take()).isEqualTo(1);
		receiver.request(4);
		assertThat(receiver.takeMany(4)).containsExactly(2, 3, 4, 5);

		assertThat(this.threads).isNotEmpty().allMatch((thread) -> thread.startsWith("switchboard-blocking"));
	}

	@Test
	void workThatFailsHardWhenAskedForMoreCrashesTheAgent() throws Exception {
		BehaviourFactory<String> factory = () -> (message, context) -> new FailsWhenAskedAgain();
		start(AgentSpec.builder("a", String.class, factory).build());
		Receiver receiver = receive();
		receiver.request(1);
		assertThat(receiver.take()).isEqualTo(1);

		receiver.request(1);

		assertThat(receiver.take()).isInstanceOf(AgentExitedException.class);
	}

	private Receiver receive() {
		Receiver receiver = new Receiver();
		this.system.agent("/a", String.class).stream("x", Integer.class).subscribe(receiver);
		return receiver;
	}

	private void start(boolean blocking) {
		start(AgentSpec
			.builder("a", String.class,
					() -> (message, context) -> Flux.range(1, 5)
						.doOnNext((element) -> this.threads.add(Thread.currentThread().getName())))
			.blocking(blocking)
			.build());
	}

	private void start(AgentSpec<String> agent) {
		this.system = AgentSystem.builder(SupervisorSpec.builder("root").child(agent).build()).build();
		StepVerifier.create(this.system.start()).expectComplete().verify(LIMIT);
	}

	/**
	 * A publisher that throws where it should signal.
	 */
	private static final class FailsWhenAskedAgain implements Publisher<Integer> {

		@Override
		public void subscribe(Subscriber<? super Integer> subscriber) {
			subscriber.onSubscribe(new Subscription() {

				private boolean asked;

				@Override
				public void request(long n) {
					if (this.asked) {
						throw new StackOverflowError("the handler's own");
					}
					this.asked = true;
					subscriber.onNext(1);
				}

				@Override
				public void cancel() {
					// nothing to do
				}

			});
		}

	}

	/**
	 * Asks from the test's thread.
	 */
	private static final class Receiver extends BaseSubscriber<Integer> {

		private final BlockingQueue<Object> received = new LinkedBlockingQueue<>();

		Object take() throws InterruptedException {
			Object next = this.received.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
			assertThat(next).as("received in time").isNotNull();
			return next;
		}

		List<Object> takeMany(int count) throws InterruptedException {
			List<Object> result = new ArrayList<>();
			for (int i = 0; i < count; i++) {
				result.add(take());
			}
			return result;
		}

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			// asks later
		}

		@Override
		protected void hookOnNext(Integer element) {
			this.received.add(element);
		}

		@Override
		protected void hookOnComplete() {
			this.received.add("completed");
		}

		@Override
		protected void hookOnError(Throwable ex) {
			this.received.add(ex);
		}

	}

}
