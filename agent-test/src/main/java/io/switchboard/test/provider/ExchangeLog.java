package io.switchboard.test.provider;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The latest exchanges, and those that are waited for.
 */
final class ExchangeLog {

	/**
	 * How many exchanges are kept, so that a load test of hours fits into memory.
	 */
	static final int CAPACITY = 10_000;

	private final Object lock = new Object();

	private final Clock clock;

	private final Deque<Exchange> kept = new ArrayDeque<>();

	private final Map<Integer, CompletableFuture<Exchange>> awaited = new HashMap<>();

	private int count;

	ExchangeLog(Clock clock) {
		this.clock = clock;
	}

	Exchange open(ChatRequest request) {
		CompletableFuture<Exchange> waiting;
		Exchange exchange;
		synchronized (this.lock) {
			this.count++;
			exchange = new Exchange(this.count, request, this.clock.instant());
			if (this.kept.size() == CAPACITY) {
				this.kept.removeFirst();
			}
			this.kept.addLast(exchange);
			waiting = this.awaited.remove(this.count);
		}
		if (waiting != null) {
			waiting.complete(exchange);
		}
		return exchange;
	}

	List<Exchange> all() {
		synchronized (this.lock) {
			return List.copyOf(this.kept);
		}
	}

	CompletableFuture<Exchange> exchange(int number) {
		synchronized (this.lock) {
			if (number < 1 || number <= this.count - this.kept.size()) {
				return CompletableFuture
					.failedFuture(new IllegalArgumentException("'number' must be " + (this.count - this.kept.size() + 1)
							+ " or more, the oldest exchange kept, but was " + number));
			}
			if (number > this.count) {
				return this.awaited.computeIfAbsent(number, (key) -> new CompletableFuture<>()).copy();
			}
			return CompletableFuture.completedFuture(
					this.kept.stream().filter((exchange) -> exchange.number() == number).findAny().orElseThrow());
		}
	}

}
