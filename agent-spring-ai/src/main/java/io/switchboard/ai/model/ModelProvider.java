package io.switchboard.ai.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

import io.switchboard.AgentContext;
import io.switchboard.AgentPath;
import io.switchboard.ai.failure.FailureClassifier;
import io.switchboard.ai.failure.TurnFailureException;
import io.switchboard.supervision.InvalidSpecificationException;
import io.switchboard.supervision.InvalidSpecificationException.Problem;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/**
 * A provider of models as something that all agents share: how many calls it takes at
 * once and in a minute, and whether it is better left alone.
 * <p>
 * You probably want one for each chat model, and give it to every agent that calls the
 * model:
 *
 * <pre class="code">
 * ModelProvider provider = ModelProvider.builder("openai").maxConcurrent(32).requestsPerMinute(500).build();
 * </pre>
 *
 * A call that may not begin yet waits in one line with all others, first come, first
 * served, without a thread. It waits for a place, for its share of the minute, for the
 * end of the time that the provider has asked for, and for a provider that fails too many
 * calls: that one is left alone for a while, then one call is tried, and if it is
 * answered the others follow, few at first. A call that cannot begin within the longest
 * wait fails.
 * <p>
 * As failures of the provider count {@code rate-limited}, {@code overloaded},
 * {@code network}, {@code first-token-timeout} and {@code provider-error}. Everything
 * else that the provider answers shows that it is there, and what is cancelled or goes
 * wrong on this side shows nothing.
 * <p>
 * A provider belongs to one agent system, whose time it goes by, and knows of no other
 * process: several that use one account share its limits without knowing of each other.
 * The line has no end of its own, because no more calls wait than there are agents.
 *
 * @since 0.1.0
 */
public final class ModelProvider {

	private final String name;

	private final FailureClassifier failures;

	private final ProviderGate gate;

	private ModelProvider(Builder builder) {
		this.name = builder.name;
		this.failures = builder.failures;
		ProviderClock clock = new ProviderClock();
		this.gate = new ProviderGate(builder.name, new Admission(builder.name, builder.maxConcurrent,
				builder.requestsPerMinute, builder.maxWait, builder.breaker, clock), builder.maxWait, clock);
	}

	/**
	 * Start to set a provider up.
	 * @param name its name, for people, logs and metrics
	 * @return a builder
	 */
	public static Builder builder(String name) {
		return new Builder(name);
	}

	/**
	 * The provider's name.
	 * @return the name
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Call the provider on subscription, as soon as it is this call's turn. Cancelling
	 * gives up the place in the line, or cancels the call.
	 * <p>
	 * The call is asked for when its turn has come, so limits of time that are part of it
	 * begin then: waiting is no one's time but that of the longest wait. A call that has
	 * waited begins on the agent's scheduler, and otherwise where the subscriber is.
	 * @param caller the agent that calls
	 * @param call makes the call
	 * @param <T> the type of its pieces
	 * @return the pieces; fails with a {@link TurnFailureException} if the call's turn
	 * cannot come in time
	 */
	public <T> Flux<T> call(AgentContext<?> caller, Supplier<? extends Publisher<T>> call) {
		Objects.requireNonNull(caller, "'caller' must not be null");
		Objects.requireNonNull(call, "'call' must not be null");
		return call(caller.path(), caller.scheduler(), call);
	}

	<T> Flux<T> call(AgentPath agent, Scheduler scheduler, Supplier<? extends Publisher<T>> call) {
		return Flux.defer(() -> {
			Ticket ticket = this.gate.enter(agent, scheduler);
			Flux<T> made = Flux.defer(call);
			return (ticket.straight ? made : ticket.turn().thenMany(made))
				.tap(() -> new Attendance<>(this.gate, ticket, this.failures));
		});
	}

	/**
	 * What is going on, with all who wait.
	 * @return a snapshot
	 */
	public ModelProviderStatus status() {
		return this.gate.status();
	}

	/**
	 * What has been going on, in numbers.
	 * @return the numbers
	 */
	public ModelProviderStatistics statistics() {
		return this.gate.statistics();
	}

	@Override
	public String toString() {
		return "model provider '" + this.name + "'";
	}

	/**
	 * Collects the settings of a provider. Without any, it takes all calls at once and
	 * has a breaker.
	 *
	 * @since 0.1.0
	 */
	public static final class Builder {

		private final String name;

		private int maxConcurrent;

		private int requestsPerMinute;

		private Duration maxWait = Duration.ofMinutes(2);

		private @Nullable BreakerSettings breaker = BreakerSettings.defaults();

		private FailureClassifier failures = FailureClassifier.known();

		private Builder(String name) {
			this.name = Objects.requireNonNull(name, "'name' must not be null");
		}

		/**
		 * Set how many calls may be under way at once. Default: any number.
		 * @param maxConcurrent how many, zero for any number
		 * @return this builder
		 */
		public Builder maxConcurrent(int maxConcurrent) {
			this.maxConcurrent = maxConcurrent;
			return this;
		}

		/**
		 * Set how many calls may begin in a minute. They are spread over it second by
		 * second. Default: any number.
		 * @param requestsPerMinute how many, zero for any number
		 * @return this builder
		 */
		public Builder requestsPerMinute(int requestsPerMinute) {
			this.requestsPerMinute = requestsPerMinute;
			return this;
		}

		/**
		 * Set how long a call may wait for its turn. Default: two minutes.
		 * @param maxWait how long, zero for not at all
		 * @return this builder
		 */
		public Builder maxWait(Duration maxWait) {
			this.maxWait = Objects.requireNonNull(maxWait, "'maxWait' must not be null");
			return this;
		}

		/**
		 * Set when the provider is left alone. Default:
		 * {@link BreakerSettings#defaults()}.
		 * @param breaker the settings
		 * @return this builder
		 */
		public Builder breaker(BreakerSettings breaker) {
			this.breaker = Objects.requireNonNull(breaker, "'breaker' must not be null");
			return this;
		}

		/**
		 * Never leave the provider alone, unless it asks for it.
		 * @return this builder
		 */
		public Builder withoutBreaker() {
			this.breaker = null;
			return this;
		}

		/**
		 * Set what tells failures of the provider from others. Default:
		 * {@link FailureClassifier#known()}.
		 * @param failures the classifier
		 * @return this builder
		 */
		public Builder failures(FailureClassifier failures) {
			this.failures = Objects.requireNonNull(failures, "'failures' must not be null");
			return this;
		}

		/**
		 * Check the settings and make the provider.
		 * @return the provider
		 * @throws InvalidSpecificationException naming every setting that is wrong
		 */
		public ModelProvider build() {
			List<Problem> problems = new ArrayList<>();
			notNegative(problems, "maxConcurrent", this.maxConcurrent);
			notNegative(problems, "requestsPerMinute", this.requestsPerMinute);
			if (this.maxWait.isNegative()) {
				problems.add(new Problem("maxWait", "%s is given, zero or more is needed".formatted(this.maxWait)));
			}
			if (!problems.isEmpty()) {
				throw new InvalidSpecificationException("model provider '" + this.name + "'", problems);
			}
			return new ModelProvider(this);
		}

		private static void notNegative(List<Problem> problems, String field, int value) {
			if (value < 0) {
				problems.add(new Problem(field,
						"%d is given, zero or more is needed, where zero is no limit".formatted(value)));
			}
		}

	}

}
