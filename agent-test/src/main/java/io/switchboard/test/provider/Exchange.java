package io.switchboard.test.provider;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One chat completion request to the {@link FakeProvider}, and what became of it.
 * <p>
 * To prove that a cancelled call reached the provider, wait for {@link #clientClose()}.
 * The provider sees a close while it is stalled too. A client that gets the end of an
 * answer may be a moment ahead of {@link #outcome()}; wait for {@link #finished()}.
 *
 * @since 0.1.0
 */
public final class Exchange {

	private final int number;

	private final ChatRequest request;

	private final Instant receivedAt;

	private final AtomicInteger tokensSent = new AtomicInteger();

	private final CompletableFuture<ExchangeOutcome> finished = new CompletableFuture<>();

	private final CompletableFuture<ClientClose> clientClose = new CompletableFuture<>();

	Exchange(int number, ChatRequest request, Instant receivedAt) {
		this.number = number;
		this.request = request;
		this.receivedAt = receivedAt;
	}

	/**
	 * The place of the request among all chat completion requests.
	 * @return 1 for the first
	 */
	public int number() {
		return this.number;
	}

	/**
	 * What the client asked.
	 * @return the request
	 */
	public ChatRequest request() {
		return this.request;
	}

	/**
	 * When the request was complete.
	 * @return the moment
	 */
	public Instant receivedAt() {
		return this.receivedAt;
	}

	/**
	 * How many tokens of a stream were sent; 0 for answers in one piece.
	 * @return the number of tokens so far
	 */
	public int tokensSent() {
		return this.tokensSent.get();
	}

	/**
	 * How the exchange stands now.
	 * @return the outcome so far
	 */
	public ExchangeOutcome outcome() {
		return this.finished.getNow(ExchangeOutcome.OPEN);
	}

	/**
	 * Waits for the end of the exchange.
	 * @return the outcome; a stalled exchange has none until somebody closes
	 */
	public CompletableFuture<ExchangeOutcome> finished() {
		return this.finished.copy();
	}

	/**
	 * Waits for the client to close its connection before the answer is complete.
	 * @return when it did; fails with an {@link IllegalStateException} when the exchange
	 * ends in another way
	 */
	public CompletableFuture<ClientClose> clientClose() {
		return this.clientClose.copy();
	}

	void tokenSent() {
		this.tokensSent.incrementAndGet();
	}

	void closedByClient(Instant at) {
		if (this.finished.complete(ExchangeOutcome.CLOSED_BY_CLIENT)) {
			this.clientClose.complete(new ClientClose(at, Duration.between(this.receivedAt, at)));
		}
	}

	void end(ExchangeOutcome outcome) {
		if (this.finished.complete(outcome)) {
			this.clientClose.completeExceptionally(new IllegalStateException(
					"Exchange " + this.number + " was not closed by its client, it ended as " + outcome));
		}
	}

}
