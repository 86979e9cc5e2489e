package io.switchboard.ai.fanout;

import java.util.Collection;
import java.util.List;
import java.util.Objects;

import io.switchboard.AgentRef;
import io.switchboard.ai.turn.TurnRequest;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Asks several agents at once.
 *
 * <pre class="code">
 * FanOut.of(FanOutPolicy.quorum(2)).ask(new TurnRequest("t-1", "Is it safe?"), reviewers);
 * </pre>
 *
 * Within an agent, return or await the result in the handler's publisher: the questions
 * then end with the turn. Agents that are cancelled lose the turn in hand down to the
 * connection of its model call; what they have done with tools before is done.
 *
 * @since 0.1.0
 */
public final class FanOut {

	/**
	 * How many agents are asked at a time unless told otherwise.
	 */
	public static final int DEFAULT_CONCURRENCY = 8;

	private final FanOutPolicy policy;

	private final int concurrency;

	private FanOut(FanOutPolicy policy, int concurrency) {
		this.policy = policy;
		this.concurrency = concurrency;
	}

	/**
	 * Ask under a policy.
	 * @param policy says when it is decided
	 * @return a fan-out, to be used as often as needed
	 */
	public static FanOut of(FanOutPolicy policy) {
		return new FanOut(Objects.requireNonNull(policy, "'policy' must not be null"), DEFAULT_CONCURRENCY);
	}

	/**
	 * Change how many agents are asked at a time. The others are asked in their order as
	 * places become free.
	 * @param concurrency how many, at least one
	 * @return a changed copy
	 */
	public FanOut withConcurrency(int concurrency) {
		if (concurrency < 1) {
			throw new IllegalArgumentException(
					"%d agents are to be asked at a time: at least 1 is needed".formatted(concurrency));
		}
		return new FanOut(this.policy, concurrency);
	}

	/**
	 * Ask all the same.
	 * @param request what to ask
	 * @param agents whom to ask
	 * @return the results
	 * @see #ask(Collection)
	 */
	public Flux<FanOutResult> ask(TurnRequest request, Collection<AgentRef<TurnRequest>> agents) {
		Objects.requireNonNull(request, "'request' must not be null");
		return ask(Objects.requireNonNull(agents, "'agents' must not be null")
			.stream()
			.map((agent) -> new FanOutCall(agent, request))
			.toList());
	}

	/**
	 * Ask each its own question, on subscription.
	 * <p>
	 * Each result is an element as it comes, failures included. When it is decided, the
	 * agents that have not answered are cancelled; then the stream ends, with a
	 * {@link FanOutFailedException} if the policy is not fulfilled. That does not depend
	 * on the receiver's pace. Cancelling cancels all.
	 * @param calls whom to ask what, at least one
	 * @return the results
	 * @throws IllegalArgumentException if fewer are asked than have to answer
	 */
	public Flux<FanOutResult> ask(Collection<FanOutCall> calls) {
		List<FanOutCall> all = List.copyOf(Objects.requireNonNull(calls, "'calls' must not be null"));
		int fewest = Math.max(1, this.policy.needed());
		if (all.size() < fewest) {
			throw new IllegalArgumentException("%d agents are asked under the policy %s: at least %d are needed"
				.formatted(all.size(), this.policy, fewest));
		}
		return Flux.defer(() -> {
			FanOutTally tally = new FanOutTally(this.policy, all.size());
			return Flux.fromIterable(all)
				.flatMap(FanOutCall::result, this.concurrency, 1)
				.takeUntil(tally::add)
				.concatWith(Mono.defer(() -> tally.hasFailed() ? Mono.error(tally.failure()) : Mono.empty()))
				// otherwise a slow receiver keeps results from being counted
				.onBackpressureBuffer(all.size());
		});
	}

}
