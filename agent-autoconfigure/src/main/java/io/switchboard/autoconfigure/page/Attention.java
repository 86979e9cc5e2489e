package io.switchboard.autoconfigure.page;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * How many nodes need attention, which every open page asks all the time: the tree is
 * looked through once for all of them.
 */
final class Attention {

	/** For how long somebody who crashed needs attention. */
	private static final Duration LATELY = Duration.ofMinutes(10);

	/** For how long a count is told to others. */
	static final Duration AGE = Duration.ofSeconds(2);

	private final Scheduler scheduler;

	private final Mono<Listing> count;

	Attention(TreeView tree, Scheduler scheduler) {
		this.scheduler = scheduler;
		this.count = Mono.fromCallable(() -> tree.search("", since(), 0, 0))
			.subscribeOn(scheduler)
			.cache(AGE, scheduler);
	}

	/**
	 * Count who needs attention.
	 * @return a listing without rows
	 */
	Mono<Listing> count() {
		return this.count;
	}

	Instant since() {
		return Instant.ofEpochMilli(this.scheduler.now(TimeUnit.MILLISECONDS)).minus(LATELY);
	}

}
