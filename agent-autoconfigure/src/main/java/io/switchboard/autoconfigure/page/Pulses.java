package io.switchboard.autoconfigure.page;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.switchboard.AgentPath;
import io.switchboard.autoconfigure.disclosure.ReasonText;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The events of the system at a pace that suits a browser: a few pulses in a second,
 * however many events there are. All browsers share one subscription, which is there
 * while somebody looks.
 */
final class Pulses {

	/** The shortest time between two pulses. */
	static final Duration PACE = Duration.ofMillis(250);

	/** After so many silent beats there is a pulse all the same. */
	private static final int SILENT_BEATS = 4;

	private final TreeView tree;

	private final ReasonText reasons;

	private final Totals totals;

	private final Scheduler scheduler;

	private final Flux<Pulse> shared;

	Pulses(TreeView tree, ReasonText reasons, Totals totals, Scheduler scheduler) {
		this.tree = tree;
		this.reasons = reasons;
		this.totals = totals;
		this.scheduler = scheduler;
		this.shared = Flux.defer(this::pulses).publish(1).refCount();
	}

	/**
	 * Follow the pulses. A reader that does not keep up misses some, which it sees by
	 * their numbers.
	 * @return the pulses, the first at once, until the system ends
	 */
	Flux<Pulse> follow() {
		return this.shared.onBackpressureDrop();
	}

	private Flux<Pulse> pulses() {
		Changes changes = new Changes(this.reasons);
		Beat beat = new Beat();
		Mono<Pulse> gathering = this.tree.system().events().doOnNext(changes::add).then(Mono.empty());
		return Flux.interval(Duration.ZERO, PACE, this.scheduler)
			.onBackpressureDrop()
			.mapNotNull((tick) -> beat.next(changes))
			.takeUntilOther(gathering);
	}

	/**
	 * Takes one pulse after the other, for one subscription.
	 */
	private final class Beat {

		private long number;

		private int silent = SILENT_BEATS;

		@Nullable Pulse next(Changes changes) {
			Changes.Taken taken = changes.take();
			this.silent++;
			if (taken.isEmpty() && this.silent < SILENT_BEATS) {
				return null;
			}
			this.silent = 0;
			this.number++;
			List<Row> rows = taken.nodes.stream().map(Pulses.this.tree::row).filter(Objects::nonNull).toList();
			return new Pulse(this.number, now(), taken.crashes, taken.restarts, Pulses.this.totals.read(), rows,
					taken.lists.stream().map(AgentPath::toString).toList(), taken.many, taken.news());
		}

		private Instant now() {
			return Instant.ofEpochMilli(Pulses.this.scheduler.now(TimeUnit.MILLISECONDS));
		}

	}

}
