package io.switchboard.autoconfigure.faults;

import java.time.Duration;
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

	private final Latest<ToolCaller, ToolCaller> calls = new Latest<>(KNOWN);

	private final Tally counts = new Tally();

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
	Tally counts() {
		return this.counts;
	}

	private void called(String tool, ToolContext context) {
		this.counts.count(tool);
		ToolCaller caller = ToolCaller.from(context);
		// The same call in any life of the agent
		ToolCaller call = new ToolCaller(caller.agent(), 0, caller.turn(), caller.call());
		ToolCaller before = this.calls.putIfAbsent(call, caller);
		if (before != null) {
			this.complain.accept(caller.turn(), "calls %s twice: for %s and for %s".formatted(tool, before, caller));
		}
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
		this.counts.count("lookup");
		return "shipped";
	}

	@Tool
	@ToolPolicy(idempotent = true)
	Mono<String> lookupLater(String id) {
		this.counts.count("lookupLater");
		return Mono.delay(Duration.ofMillis(30)).thenReturn("shipped " + id);
	}

	@Tool
	@ToolPolicy(idempotent = true)
	String lookupBroken(String id) {
		this.counts.count("lookupBroken");
		throw new IllegalStateException("the bug");
	}

}
