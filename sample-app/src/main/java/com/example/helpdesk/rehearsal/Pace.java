package com.example.helpdesk.rehearsal;

import java.time.Duration;
import java.util.List;

import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/**
 * How fast the model speaks.
 *
 * @param wordsPerSecond words in a second; 0 for as fast as possible
 * @param scheduler the clock
 */
record Pace(int wordsPerSecond, Scheduler scheduler) {

	/**
	 * Let one item out after the other. Cancelling stops the clock too.
	 * @param items what to let out
	 * @return the items, each after the time of one word
	 */
	<T> Flux<T> of(List<T> items) {
		Flux<T> all = Flux.fromIterable(items);
		if (this.wordsPerSecond == 0) {
			return all;
		}
		return all.delayElements(Duration.ofSeconds(1).dividedBy(this.wordsPerSecond), this.scheduler);
	}

	Pace dragging() {
		return new Pace(1, this.scheduler);
	}

}
