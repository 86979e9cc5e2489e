package io.switchboard.ai.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.switchboard.AgentPath;
import io.switchboard.ai.failure.FailureClass;
import io.switchboard.ai.failure.TurnFailure;
import io.switchboard.ai.failure.TurnFailureException;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * Agents that call a provider, under a clock that the test turns. Each has one call at a
 * time, which the test answers.
 */
final class Callers {

	private final Map<String, Sinks.Many<String>> calls = new LinkedHashMap<>();

	private final Map<String, Disposable> subscriptions = new LinkedHashMap<>();

	final VirtualTimeScheduler clock = VirtualTimeScheduler.create();

	/** Whose call has begun, in that order. */
	final List<String> begun = new ArrayList<>();

	/** Who was refused or failed, and how. */
	final Map<String, Throwable> errors = new LinkedHashMap<>();

	final ModelProvider provider;

	Callers(ModelProvider provider) {
		this.provider = provider;
	}

	Callers call(String... agents) {
		for (String agent : agents) {
			Sinks.Many<String> answer = Sinks.many().unicast().onBackpressureBuffer();
			this.subscriptions.put(agent, this.provider.<String>call(AgentPath.ROOT.child(agent), this.clock, () -> {
				this.begun.add(agent);
				this.calls.put(agent, answer);
				return answer.asFlux();
			}).subscribe((piece) -> {
			}, (ex) -> this.errors.put(agent, ex)));
		}
		return this;
	}

	void say(String agent) {
		callOf(agent).tryEmitNext("a piece").orThrow();
	}

	void answer(String... agents) {
		for (String agent : agents) {
			say(agent);
			callOf(agent).tryEmitComplete().orThrow();
		}
	}

	void fail(FailureClass failure, String... agents) {
		fail(failure, null, agents);
	}

	void fail(FailureClass failure, @Nullable Duration retryAfter, String... agents) {
		for (String agent : agents) {
			TurnFailure turnFailure = TurnFailure.of(failure).withRetryAfter(retryAfter);
			callOf(agent).tryEmitError(new TurnFailureException(turnFailure)).orThrow();
		}
	}

	/**
	 * Let as many calls begin and fail, one after the other.
	 * @param calls how many
	 */
	void failInTurn(int calls) {
		for (int call = 0; call < calls; call++) {
			call("failing" + call);
			fail(FailureClass.OVERLOADED, "failing" + call);
		}
		this.begun.clear();
		this.errors.clear();
	}

	void leave(String agent) {
		Disposable subscription = this.subscriptions.get(agent);
		if (subscription != null) {
			subscription.dispose();
		}
	}

	void after(Duration time) {
		this.clock.advanceTimeBy(time);
	}

	TurnFailure failureOf(String agent) {
		if (this.errors.get(agent) instanceof TurnFailureException ex) {
			return ex.failure();
		}
		throw new IllegalStateException("Agent '%s' has no failure, but %s".formatted(agent, this.errors.get(agent)));
	}

	BreakerState state() {
		return this.provider.status().state();
	}

	private Sinks.Many<String> callOf(String agent) {
		Sinks.Many<String> call = this.calls.get(agent);
		if (call == null) {
			throw new IllegalStateException("The call of '%s' has not begun, but %s".formatted(agent, this.begun));
		}
		return call;
	}

}
