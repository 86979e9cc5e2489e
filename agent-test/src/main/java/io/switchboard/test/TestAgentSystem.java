package io.switchboard.test;

import java.time.Duration;
import java.util.Objects;
import java.util.function.UnaryOperator;

import io.switchboard.AgentPath;
import io.switchboard.AgentRef;
import io.switchboard.event.AgentEventListener;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.runtime.AgentSystemBuilder;
import io.switchboard.runtime.SupervisorRef;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.tree.AgentTree;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;
import reactor.test.subscriber.TestSubscriber;

/**
 * A system of agents whose clock the test turns.
 * <p>
 * All work runs on the thread that causes it, and what is due now is done when a call
 * returns; what is due later waits for {@link #advance(Duration)}. So nothing has to be
 * waited for, and every run is the same. The clock belongs to this system alone;
 * Reactor's own schedulers stay as they are.
 * <p>
 * Close it at the end: that stops the system and fails if it does not stop. Nothing that
 * holds its thread can be tested with it, as that would be the test's thread.
 *
 * @since 0.1.0
 */
public final class TestAgentSystem implements AutoCloseable {

	private final VirtualTimeScheduler time;

	private final AgentSystem system;

	private final EventRecorder events;

	private final Duration stopLimit;

	private TestAgentSystem(Builder builder) {
		this.time = VirtualTimeScheduler.create();
		this.events = builder.events;
		this.stopLimit = builder.stopLimit;
		this.system = builder.settings
			.apply(AgentSystem.builder(builder.root)
				.scheduler(this.time)
				.blockingScheduler(this.time)
				.listener(this.events))
			.build();
	}

	/**
	 * Begin to set up a system.
	 * @param root the root supervisor and with it the whole tree
	 * @return a builder
	 */
	public static Builder builder(SupervisorSpec root) {
		return new Builder(root);
	}

	/**
	 * Make and start a system with default settings.
	 * @param root the root supervisor and with it the whole tree
	 * @param listeners whom to tell of events, such as {@link Probes}
	 * @return the running system
	 */
	public static TestAgentSystem start(SupervisorSpec root, AgentEventListener... listeners) {
		Builder builder = builder(root);
		for (AgentEventListener listener : listeners) {
			builder.listener(listener);
		}
		return builder.start();
	}

	/**
	 * The system itself.
	 * @return the system
	 */
	public AgentSystem system() {
		return this.system;
	}

	/**
	 * The system's clock and executor.
	 * @return the scheduler
	 */
	public VirtualTimeScheduler scheduler() {
		return this.time;
	}

	/**
	 * Turn the clock, and do everything that falls due on the way, each at its time.
	 * @param duration how far
	 */
	public void advance(Duration duration) {
		this.time.advanceTimeBy(duration);
	}

	/**
	 * What has happened so far.
	 * @return the recorder of all events
	 */
	public EventRecorder events() {
		return this.events;
	}

	/**
	 * The tree as it is now.
	 * @return a snapshot
	 */
	public AgentTree tree() {
		return this.system.tree();
	}

	/**
	 * Address an agent that takes messages of any type.
	 * @param path the agent's path
	 * @return the reference
	 */
	public AgentRef<Object> agent(String path) {
		return agent(path, Object.class);
	}

	/**
	 * Address an agent.
	 * @param path the agent's path
	 * @param messageType the type of message to send
	 * @param <M> the type of message to send
	 * @return the reference
	 */
	public <M> AgentRef<M> agent(String path, Class<M> messageType) {
		return this.system.agent(path, messageType);
	}

	/**
	 * Address a supervisor, to manage its children.
	 * @param path the supervisor's path
	 * @return the reference
	 */
	public SupervisorRef supervisor(String path) {
		return this.system.supervisor(AgentPath.of(path));
	}

	/**
	 * The outcome of something that is done without turning the clock.
	 * @param mono what to do
	 * @param <T> the type of the result
	 * @return the result, or {@code null} if it completed without one
	 * @throws AssertionError if it failed or is not done yet
	 */
	public <T> @Nullable T resultOf(Mono<T> mono) {
		TestSubscriber<T> outcome = subscribe(mono);
		if (outcome.isTerminatedError()) {
			throw new AssertionError("Expected a result, but it failed", outcome.expectTerminalError());
		}
		requireTerminated(outcome, "a result");
		return outcome.getReceivedOnNext().isEmpty() ? null : outcome.getReceivedOnNext().get(0);
	}

	/**
	 * The failure of something that fails without turning the clock.
	 * @param mono what to do
	 * @return the failure
	 * @throws AssertionError if it completed or is not done yet
	 */
	public Throwable failureOf(Mono<?> mono) {
		TestSubscriber<?> outcome = subscribe(mono);
		if (outcome.isTerminatedComplete()) {
			throw new AssertionError("Expected a failure, but it completed with " + outcome.getReceivedOnNext());
		}
		requireTerminated(outcome, "a failure");
		return outcome.expectTerminalError();
	}

	private <T> TestSubscriber<T> subscribe(Mono<T> mono) {
		TestSubscriber<T> outcome = TestSubscriber.create();
		mono.subscribe(outcome);
		return outcome;
	}

	private static void requireTerminated(TestSubscriber<?> outcome, String wanted) {
		if (!outcome.isTerminated()) {
			outcome.cancel();
			throw new AssertionError(
					"Expected %s, but it is not done yet; subscribe to it yourself, then advance the clock"
						.formatted(wanted));
		}
	}

	/**
	 * Stop the system, turning the clock as far as it needs. Does nothing to a system
	 * that has ended already.
	 * @throws AssertionError if it does not stop in time
	 */
	@Override
	public void close() {
		TestSubscriber<Void> stopped = subscribe(this.system.stop());
		if (!stopped.isTerminated()) {
			this.time.advanceTimeBy(this.stopLimit);
		}
		boolean ended = stopped.isTerminated();
		this.time.dispose();
		if (!ended) {
			throw new AssertionError("The system did not stop within %s of virtual time:%n%s".formatted(this.stopLimit,
					tree().render()));
		}
	}

	/**
	 * Collects the settings of a test system.
	 *
	 * @since 0.1.0
	 */
	public static final class Builder {

		private final SupervisorSpec root;

		private final EventRecorder events = new EventRecorder();

		private UnaryOperator<AgentSystemBuilder> settings = UnaryOperator.identity();

		private Duration stopLimit = Duration.ofHours(1);

		private Builder(SupervisorSpec root) {
			this.root = Objects.requireNonNull(root, "'root' must not be null");
		}

		/**
		 * Add a listener that is told of every event.
		 * @param listener the listener, such as {@link Probes}
		 * @return this builder
		 */
		public Builder listener(AgentEventListener listener) {
			Objects.requireNonNull(listener, "'listener' must not be null");
			return settings((builder) -> builder.listener(listener));
		}

		/**
		 * Change settings of the system; the schedulers are the test's.
		 * @param settings changes the settings
		 * @return this builder
		 */
		public Builder settings(UnaryOperator<AgentSystemBuilder> settings) {
			UnaryOperator<AgentSystemBuilder> before = this.settings;
			this.settings = (builder) -> settings.apply(before.apply(builder));
			return this;
		}

		/**
		 * Set how much virtual time a stop may take. Default: one hour.
		 * @param stopLimit the limit
		 * @return this builder
		 */
		public Builder stopLimit(Duration stopLimit) {
			this.stopLimit = Objects.requireNonNull(stopLimit, "'stopLimit' must not be null");
			return this;
		}

		/**
		 * Make the system without starting it.
		 * @return the system
		 */
		public TestAgentSystem build() {
			return new TestAgentSystem(this);
		}

		/**
		 * Make the system and start it.
		 * @return the running system
		 * @throws AssertionError if it is not up at once
		 */
		public TestAgentSystem start() {
			TestAgentSystem made = build();
			made.resultOf(made.system.start());
			return made;
		}

	}

}
