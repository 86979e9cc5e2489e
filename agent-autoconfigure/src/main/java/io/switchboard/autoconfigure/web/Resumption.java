package io.switchboard.autoconfigure.web;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.switchboard.AgentPath;
import io.switchboard.journal.JournalException;
import io.switchboard.journal.JournalTurn;
import io.switchboard.journal.JournalWriters;
import io.switchboard.journal.StaleWriterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/**
 * Goes on with the turns that were open when the application ended, and with those whose
 * agents have left memory: sends each to its agent again. The application does not wait
 * for it, but a session's new turns come after its old ones.
 */
final class Resumption {

	private static final Logger logger = LoggerFactory.getLogger(Resumption.class);

	private static final int AT_ONCE = 16;

	private static final Duration FIRST_DELAY = Duration.ofMillis(100);

	private static final Duration LONGEST_DELAY = Duration.ofSeconds(5);

	private final ConcurrentMap<AgentPath, Mono<Void>> sessions = new ConcurrentHashMap<>();

	private final Sinks.Empty<Void> known = Sinks.empty();

	private final Disposable.Swap work = Disposables.swap();

	private final Disposable.Composite wakes = Disposables.composite();

	private final JournalWriters writers;

	private final Function<JournalTurn, Mono<Void>> resume;

	private final Scheduler scheduler;

	/**
	 * Prepare.
	 * @param writers know the journal
	 * @param resume sends a turn to its agent
	 * @param scheduler the clock
	 */
	Resumption(JournalWriters writers, Function<JournalTurn, Mono<Void>> resume, Scheduler scheduler) {
		this.writers = writers;
		this.resume = resume;
		this.scheduler = scheduler;
	}

	/**
	 * Go on with what is open. To be called when the agents are there.
	 */
	void start() {
		if (!this.writers.journal().isDurable()) {
			this.known.tryEmitEmpty();
			return;
		}
		this.work.update(this.writers.journal()
			.openTurns()
			.collectList()
			.retryWhen(again("Turns that are open cannot be read"))
			.publishOn(this.scheduler)
			.doOnNext(this::remember)
			.thenMany(Flux.defer(() -> Flux.fromIterable(List.copyOf(this.sessions.values()))))
			.flatMap((session) -> session, AT_ONCE)
			.subscribe((nothing) -> {
			}, (ex) -> logger.error("Turns that are open do not go on before the next start", ex)));
	}

	private void remember(List<JournalTurn> open) {
		if (!open.isEmpty()) {
			logger.info("Turns were cut off and go on: turns={}", open.size());
		}
		Map<AgentPath, List<JournalTurn>> bySession = open.stream()
			.collect(Collectors.groupingBy(JournalTurn::session));
		bySession.forEach((path, turns) -> this.sessions.put(path, resumeAll(path, turns)));
		this.known.tryEmitEmpty();
	}

	private Mono<Void> resumeAll(AgentPath path, List<JournalTurn> turns) {
		return begunFirst(path, turns).flatMapIterable((ordered) -> ordered)
			.concatMap((turn) -> Mono.defer(() -> this.resume.apply(turn))
				.retryWhen(again("Turn '%s' of '%s' cannot go on".formatted(turn.turn(), path)))
				.onErrorResume((ex) -> {
					logger.error("Turn '{}' of '{}' cannot go on, it stays open", turn.turn(), path, ex);
					return Mono.empty();
				}))
			.then()
			.doFinally((signal) -> this.sessions.remove(path))
			.cache();
	}

	/**
	 * The agent may have begun with another turn than the one that was accepted first,
	 * and has to end it before the others.
	 */
	private Mono<List<JournalTurn>> begunFirst(AgentPath path, List<JournalTurn> turns) {
		if (turns.size() == 1) {
			return Mono.just(turns);
		}
		return Flux.fromIterable(turns)
			.filterWhen((turn) -> this.writers.journal().steps(path, turn.turn()).hasElements())
			.collectList()
			.map((begun) -> Stream.concat(begun.stream(), turns.stream().filter((turn) -> !begun.contains(turn)))
				.toList())
			.retryWhen(again("Steps of '%s' cannot be read".formatted(path)))
			.onErrorResume((ex) -> {
				logger.error("Steps of '{}' cannot be read, its turns go on as they were accepted", path, ex);
				return Mono.just(turns);
			});
	}

	private Retry again(String what) {
		return Retry.backoff(Long.MAX_VALUE, FIRST_DELAY)
			.maxBackoff(LONGEST_DELAY)
			.scheduler(this.scheduler)
			.filter((ex) -> ex instanceof JournalException && !(ex instanceof StaleWriterException))
			.doBeforeRetry((retry) -> logger.warn("{} and is tried again: {}", what, retry.failure().toString()));
	}

	/**
	 * Go on with a turn whose agent has left memory.
	 * @param path the session
	 * @param turn the turn's id
	 * @param ifOver done if the turn does not go on any more
	 */
	void wake(AgentPath path, String turn, Runnable ifOver) {
		Disposable.Swap wake = Disposables.swap();
		this.wakes.add(wake);
		wake.update(this.writers.journal()
			.turn(path, turn)
			.filter(JournalTurn::isOpen)
			.switchIfEmpty(Mono.fromRunnable(ifOver))
			.flatMap(this.resume)
			.retryWhen(again("Turn '%s' of '%s' cannot go on".formatted(turn, path)))
			.doFinally((signal) -> this.wakes.remove(wake))
			.subscribe((nothing) -> {
			}, (ex) -> {
				logger.error("Turn '{}' of '{}' cannot go on, it stays open", turn, path, ex);
				ifOver.run();
			}));
	}

	/**
	 * Wait until the open turns of a session go on, if it has any.
	 * @param path the session
	 * @return completes when another turn may come
	 */
	Mono<Void> ready(AgentPath path) {
		return this.known.asMono().then(Mono.defer(() -> this.sessions.getOrDefault(path, Mono.empty())));
	}

	/**
	 * Try no more.
	 */
	void stop() {
		this.work.dispose();
		this.wakes.dispose();
	}

}
