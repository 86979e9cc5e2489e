package io.switchboard.autoconfigure.faults;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;

import io.switchboard.ai.tool.ToolCaller;
import io.switchboard.ai.tool.ToolFailedException;
import io.switchboard.ai.tool.ToolPolicy;
import reactor.core.publisher.Mono;

import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.annotation.Tool;

/**
 * Tools that work, fail as they declare, are broken, or take too long. They count how
 * often they are called, and complain when one that must not be repeated is called twice
 * for one call of a model.
 */
final class FaultyTools {

	/**
	 * How many of the latest calls are known. A repetition follows within a turn.
	 */
	private static final int KNOWN = 50_000;

	private final Map<ToolCaller, ToolCaller> calls = new LinkedHashMap<>() {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<ToolCaller, ToolCaller> eldest) {
			return size() > KNOWN;
		}

	};

	private final Map<String, Integer> counts = new ConcurrentSkipListMap<>();

	private final BiConsumer<String, String> complain;

	/**
	 * Make the tools.
	 * @param complain is told the turn and what is wrong
	 */
	FaultyTools(BiConsumer<String, String> complain) {
		this.complain = complain;
	}

	/**
	 * How often each tool was called.
	 * @return the numbers by tool
	 */
	Map<String, Integer> counts() {
		return this.counts;
	}

	private void called(String tool, ToolContext context) {
		this.counts.merge(tool, 1, Integer::sum);
		ToolCaller caller = ToolCaller.from(context);
		// The same call in any life of the agent
		ToolCaller call = new ToolCaller(caller.agent(), 0, caller.turn(), caller.call());
		ToolCaller before;
		synchronized (this.calls) {
			before = this.calls.putIfAbsent(call, caller);
		}
		if (before != null) {
			this.complain.accept(caller.turn(), "calls %s twice: for %s and for %s".formatted(tool, before, caller));
		}
	}

	/**
	 * A call that may be repeated.
	 */
	private void asked(String tool) {
		this.counts.merge(tool, 1, Integer::sum);
	}

	@Tool
	String price(String id, ToolContext context) {
		called("price", context);
		return "5 for " + id;
	}

	@Tool
	Mono<String> priceLater(String id, ToolContext context) {
		called("priceLater", context);
		return Mono.delay(Duration.ofMillis(20)).thenReturn("5 for " + id);
	}

	@Tool
	String closed(String id, ToolContext context) {
		called("closed", context);
		throw new ToolFailedException("closed on Sundays");
	}

	@Tool
	String broken(String id, ToolContext context) {
		called("broken", context);
		throw new IllegalStateException("the bug");
	}

	@Tool
	Mono<String> brokenLater(String id, ToolContext context) {
		called("brokenLater", context);
		return Mono.delay(Duration.ofMillis(5)).then(Mono.error(new IllegalStateException("the bug")));
	}

	@Tool
	@ToolPolicy(timeout = "50ms")
	String slow(String id, ToolContext context) throws InterruptedException {
		called("slow", context);
		new CountDownLatch(1).await();
		return "never";
	}

	@Tool
	String refund(String id, ToolContext context) {
		called("refund", context);
		return "refunded " + id;
	}

	@Tool
	@ToolPolicy(idempotent = true)
	String lookup(String id) {
		asked("lookup");
		return "shipped";
	}

	@Tool
	@ToolPolicy(idempotent = true)
	Mono<String> lookupLater(String id) {
		asked("lookupLater");
		return Mono.delay(Duration.ofMillis(30)).thenReturn("shipped " + id);
	}

	@Tool
	@ToolPolicy(idempotent = true)
	String lookupBroken(String id) {
		asked("lookupBroken");
		throw new IllegalStateException("the bug");
	}

}
