package io.switchboard.autoconfigure.faults;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

import io.switchboard.ai.tool.ToolFailedException;
import io.switchboard.ai.tool.ToolPolicy;
import reactor.core.publisher.Mono;

import org.springframework.ai.tool.annotation.Tool;

/**
 * Tools that work, fail as they declare, are broken, or take too long, and count how
 * often they are called.
 */
final class FaultyTools {

	private final Map<String, Integer> calls = new ConcurrentHashMap<>();

	/**
	 * Calls that were made more than once although the tool is not idempotent. The id is
	 * the only argument, and no two calls of the model have the same.
	 * @return their ids
	 */
	List<String> repeated() {
		return this.calls.entrySet().stream().filter((entry) -> entry.getValue() > 1).map(Map.Entry::getKey).toList();
	}

	/**
	 * How many calls were made.
	 * @return the number
	 */
	int count() {
		return this.calls.size();
	}

	private void called(String id) {
		this.calls.merge(id, 1, Integer::sum);
	}

	@Tool
	String price(String id) {
		called(id);
		return "5 for " + id;
	}

	@Tool
	Mono<String> priceLater(String id) {
		called(id);
		return Mono.delay(Duration.ofMillis(20)).thenReturn("5 for " + id);
	}

	@Tool
	String closed(String id) {
		called(id);
		throw new ToolFailedException("closed on Sundays");
	}

	@Tool
	String broken(String id) {
		called(id);
		throw new IllegalStateException("the bug");
	}

	@Tool
	Mono<String> brokenLater(String id) {
		called(id);
		return Mono.delay(Duration.ofMillis(5)).then(Mono.error(new IllegalStateException("the bug")));
	}

	@Tool
	@ToolPolicy(timeout = "50ms")
	String slow(String id) throws InterruptedException {
		called(id);
		new CountDownLatch(1).await();
		return "never";
	}

	@Tool
	String refund(String id) {
		called(id);
		return "refunded " + id;
	}

	@Tool
	@ToolPolicy(idempotent = true)
	String lookup(String id) {
		return "shipped";
	}

	@Tool
	@ToolPolicy(idempotent = true)
	Mono<String> lookupLater(String id) {
		return Mono.delay(Duration.ofMillis(30)).thenReturn("shipped " + id);
	}

}
