package io.switchboard.autoconfigure.web;

import java.util.List;

import io.switchboard.journal.JournalTurn;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A turn that has ended, as the journal remembers it.
 *
 * @param turn the turn
 * @param past reads its events
 */
record EndedTurn(JournalTurn turn, PastEvents past) implements FollowedTurn {

	/** Name of the event that ends a turn without an answer. */
	static final String FAILED = "turn-failed";

	private static final String CANCELLED = "turn-cancelled";

	private static final String COMPLETED = "turn-completed";

	@Override
	public String id() {
		return this.turn.turn();
	}

	@Override
	public Mono<Void> begun() {
		return own().next().switchIfEmpty(Mono.error(this::gone)).flatMap((first) -> {
			ProblemException problem = problem(first);
			return (problem != null) ? Mono.error(problem) : Mono.empty();
		});
	}

	@Override
	public Mono<String> answer() {
		return own().filter(this::isEnd).next().switchIfEmpty(Mono.error(this::gone)).flatMap((last) -> {
			ProblemException problem = problem(last);
			return (problem != null) ? Mono.error(problem) : Mono.just(last.data());
		});
	}

	@Override
	public Flux<FeedEvent> events(@Nullable Cursor cursor) {
		if (cursor == null) {
			return own().takeUntil(this::isEnd);
		}
		// what belongs to the session belongs to the turn as long as that has not ended
		return this.past.thenLive(this.turn.session(), cursor, Flux.empty())
			.filter((event) -> event.turn() == null || isOwn(event))
			.bufferUntil((event) -> isOwn(event) || event.id() == 0)
			.filter((group) -> isLast(group.get(group.size() - 1)))
			.flatMapIterable((group) -> group)
			.takeUntil(this::isEnd);
	}

	private boolean isLast(FeedEvent event) {
		return isOwn(event) || event.id() == 0;
	}

	private Flux<FeedEvent> own() {
		return this.past.of(this.turn.session(), id());
	}

	private boolean isOwn(FeedEvent event) {
		return id().equals(event.turn());
	}

	private boolean isEnd(FeedEvent event) {
		return isOwn(event) && List.of(COMPLETED, FAILED, CANCELLED).contains(event.type());
	}

	private @Nullable ProblemException problem(FeedEvent event) {
		return switch (event.type()) {
			case FAILED -> ProblemException.ofFailure(event.data());
			case CANCELLED -> RunningTurn.cancelled(id());
			default -> null;
		};
	}

	private ProblemException gone() {
		return new ProblemException(ProblemType.ANSWER_GONE,
				"The turn of this key has ended, and its events are not kept any more. Use a new key for a new turn.")
			.with("turn", id());
	}

}
