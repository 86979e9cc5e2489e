package io.switchboard.autoconfigure.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.switchboard.AgentPath;
import io.switchboard.journal.JournalRetention;
import io.switchboard.journal.JournalTrimmed;
import io.switchboard.journal.JournalWriters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import org.springframework.context.SmartLifecycle;

/**
 * Deletes now and then what the journal need not keep any longer, in small parts with a
 * rest after each, so that nothing waits for it.
 */
final class JournalCleaner implements SmartLifecycle {

	private static final Duration REST = Duration.ofMillis(50);

	private static final Logger logger = LoggerFactory.getLogger(JournalCleaner.class);

	private final JournalWriters writers;

	private final JournalRetention retention;

	private final SessionMemory memory;

	private final Duration interval;

	private final Scheduler scheduler;

	/** Gone from the journal, and not forgotten by the memory yet. */
	private final Set<AgentPath> left = ConcurrentHashMap.newKeySet();

	private final Disposable.Swap cleaning = Disposables.swap();

	private volatile boolean running;

	/**
	 * Clean a journal.
	 * @param writers forget the sessions that are gone
	 * @param retention how long to keep what
	 * @param memory forgets what else is known of sessions that are gone
	 * @param interval how long to wait before each time
	 * @param scheduler tells the time
	 */
	JournalCleaner(JournalWriters writers, JournalRetention retention, SessionMemory memory, Duration interval,
			Scheduler scheduler) {
		this.writers = writers;
		this.retention = retention;
		this.memory = memory;
		this.interval = interval;
		this.scheduler = scheduler;
	}

	@Override
	public void start() {
		this.running = true;
		this.cleaning.update(Mono.defer(this::clean)
			.delaySubscription(this.interval, this.scheduler)
			.onErrorResume(this::tryAgainLater)
			.repeat(() -> this.running)
			.subscribe((nothing) -> {
			}, this::ended));
	}

	private Mono<Void> clean() {
		return forgetLeft().onErrorResume(this::tryAgainLater).then(parts());
	}

	/** A session that was begun anew since is somebody's again. */
	private Mono<Void> forgetLeft() {
		return Flux.defer(() -> Flux.fromIterable(List.copyOf(this.left)))
			.concatMapDelayError((path) -> this.writers.journal()
				.find(path)
				.hasElement()
				.flatMap((known) -> known ? Mono.empty() : this.memory.forget(path))
				.doOnSuccess((nothing) -> this.left.remove(path)))
			.then();
	}

	private Mono<Void> parts() {
		return part()
			.expand((trimmed) -> trimmed.more() ? part().delaySubscription(REST, this.scheduler) : Mono.empty())
			.reduce(new Sum(0, 0, 0), Sum::add)
			.doOnNext(Sum::log)
			.then();
	}

	private Mono<JournalTrimmed> part() {
		return Mono
			.defer(() -> this.writers.trim(this.retention,
					Instant.ofEpochMilli(this.scheduler.now(TimeUnit.MILLISECONDS))))
			.doOnNext((trimmed) -> this.left.addAll(trimmed.sessions()))
			.flatMap((trimmed) -> Flux.fromIterable(trimmed.sessions())
				.concatMapDelayError(
						(path) -> this.memory.forget(path).doOnSuccess((nothing) -> this.left.remove(path)))
				.then(Mono.just(trimmed)));
	}

	private Mono<Void> tryAgainLater(Throwable ex) {
		logger.warn(
				"What the journal need not keep any longer could not be deleted, it is tried again in {}: reason={}",
				this.interval, ex.toString());
		return Mono.empty();
	}

	private void ended(Throwable ex) {
		logger.error("Nothing is deleted from the journal any more", ex);
	}

	@Override
	public void stop() {
		this.running = false;
		this.cleaning.dispose();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	private record Sum(long events, long turns, long sessions) {

		Sum add(JournalTrimmed trimmed) {
			return new Sum(this.events + trimmed.events(), this.turns + trimmed.turns(),
					this.sessions + trimmed.sessions().size());
		}

		void log() {
			if (this.events + this.turns + this.sessions > 0) {
				logger.debug("Journal was cleaned: events={}, turns={}, sessions={}", this.events, this.turns,
						this.sessions);
			}
		}

	}

}
