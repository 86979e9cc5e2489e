package io.switchboard.test.model;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * One call that a {@link ScriptedChatModel} received: its prompt and how it went so far.
 *
 * @since 0.1.0
 */
public final class ScriptedCall {

	private final int number;

	private final ReceivedPrompt prompt;

	private final AtomicInteger chunks = new AtomicInteger();

	private final Sinks.One<CallOutcome> end = Sinks.one();

	private final AtomicReference<CallOutcome> outcome = new AtomicReference<>(CallOutcome.RUNNING);

	ScriptedCall(int number, ReceivedPrompt prompt) {
		this.number = number;
		this.prompt = prompt;
	}

	/**
	 * The place of the call among all calls of the model.
	 * @return 1 for the first
	 */
	public int number() {
		return this.number;
	}

	/**
	 * What the caller asked.
	 * @return the prompt
	 */
	public ReceivedPrompt prompt() {
		return this.prompt;
	}

	/**
	 * How the call stands now.
	 * @return the outcome so far
	 */
	public CallOutcome outcome() {
		return this.outcome.get();
	}

	/**
	 * How many chunks of text were sent. A blocking call counts them too, though its
	 * caller gets them as one.
	 * @return the number of chunks
	 */
	public int chunks() {
		return this.chunks.get();
	}

	/**
	 * Waits, without blocking, for the end of the call.
	 * @return how it ended; silent while it runs
	 */
	public Mono<CallOutcome> ended() {
		return this.end.asMono();
	}

	void chunkSent() {
		this.chunks.incrementAndGet();
	}

	void end(CallOutcome outcome) {
		// The outcome is readable before those who wait for the end hear of it
		if (this.outcome.compareAndSet(CallOutcome.RUNNING, outcome)) {
			this.end.tryEmitValue(outcome);
		}
	}

}
