package io.switchboard.autoconfigure.web;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.switchboard.AgentPath;
import io.switchboard.journal.Journal;
import io.switchboard.journal.JournalSession;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/**
 * Reads what was told before, so that readers who come late or come back miss nothing.
 *
 * @param journal has it
 * @param scheduler serves the readers
 */
record PastEvents(Journal journal, Scheduler scheduler) {

	/**
	 * Name of the event that tells that others are missing.
	 */
	static final String GAP = "gap";

	/**
	 * All that is kept of a turn.
	 * @param path the session
	 * @param turn the turn's id
	 * @return the events by their numbers
	 */
	Flux<FeedEvent> of(AgentPath path, String turn) {
		return this.journal.events(path, turn).map(FeedEvent::of).publishOn(this.scheduler);
	}

	/**
	 * Read what a reader does not know, then what comes, without gap or repeat. What is
	 * not kept any more is told first.
	 * @param path the session
	 * @param cursor what the reader knows
	 * @param live what comes; the reader must have joined before
	 * @return the events
	 */
	Flux<FeedEvent> thenLive(AgentPath path, Cursor cursor, Flux<FeedEvent> live) {
		return this.journal.find(path)
			.map(JournalSession::lastEvent)
			.defaultIfEmpty(0L)
			.flatMapMany((last) -> from(path, cursor, last, live));
	}

	private Flux<FeedEvent> from(AgentPath path, Cursor cursor, long last, Flux<FeedEvent> live) {
		boolean known = cursor.isKnown(last);
		AtomicLong seen = new AtomicLong(known ? cursor.after() : 0);
		Flux<FeedEvent> past = this.journal.events(path, seen.get())
			.map(FeedEvent::of)
			.concatMapIterable((event) -> withGap(event.id(), seen.getAndSet(event.id()), event));
		Flux<FeedEvent> trimmed = Flux.defer(() -> (seen.get() < last)
				? Flux.just(gap("events-trimmed", seen.getAndSet(last), last + 1)) : Flux.empty());
		Flux<FeedEvent> told = known ? past.concatWith(trimmed) : past.filter((event) -> event.id() > 0)
			.switchOnFirst((first, all) -> all.startWith(unknown(cursor, first.get(), last)));
		return told.publishOn(this.scheduler).concatWith(live.filter((event) -> event.id() > seen.get()));
	}

	private static List<FeedEvent> withGap(long id, long before, FeedEvent event) {
		return (id == before + 1) ? List.of(event) : List.of(gap("events-trimmed", before, id), event);
	}

	private static FeedEvent unknown(Cursor cursor, @Nullable FeedEvent first, long last) {
		return gap("unknown-event-id", (cursor.after() >= 0) ? cursor.after() : null,
				(first != null) ? first.id() : last + 1);
	}

	private static FeedEvent gap(String code, @Nullable Long after, long next) {
		return FeedEvent.aside(GAP, new Gap(code, after, next));
	}

	/**
	 * The data of a {@code gap}.
	 *
	 * @param code why events are missing
	 * @param after the event that the reader knows, or {@code null} if it named none
	 * @param next the event that comes next
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Gap(String code, @Nullable Long after, long next) {

	}

}
